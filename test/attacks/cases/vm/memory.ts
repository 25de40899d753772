import { type Attack, outcome } from "../../attack.ts";
import { memoryBudget } from "../../controls/vm-controls.ts";

/** Lua may hold half of it, 192 MiB; each attack wants to hold a little more. */
const config = { "home/.tactus/config.yml": "sandbox: { limits: { memory: 384m } }\n" };

function hoard(name: string, title: string, work: string): Attack {
  return {
    id: `vm-${name}`,
    threat: "T5",
    title,
    success: "the procedure goes on with more memory than it may have",
    control: memoryBudget,
    places: ["embedded"],
    attempt: async (world) => {
      world.write(config);
      const { text } = await world.procedure(
        `Procedure { function()\n${work}\nLog.info(${world.marker.lua})\nend }`,
      );
      return outcome(text.includes(world.marker.text), "the text that is logged with all of it in hand");
    },
  };
}

export const attacks: readonly Attack[] = [
  hoard(
    "memory-by-texts",
    "keeps long texts",
    'local t, page = {}, ("x"):rep(2 ^ 12) for i = 1, 210 do t[i] = page:rep(2 ^ 8) end',
  ),
  hoard("memory-by-doubling", "doubles a text", 'local s = "x" for i = 1, 27 do s = s .. s end'),
  hoard(
    "memory-by-tables",
    "keeps tables",
    "local wide = {} for i = 1, 200 do wide[i] = i end local t for i = 1, 6.6e4 do t = { t, table.unpack(wide) } end",
  ),
  hoard(
    "memory-by-coroutines",
    "keeps coroutines",
    "local t for i = 1, 2.4e5 do t = { t, coroutine.create(print) } end",
  ),
];
