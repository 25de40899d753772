import { type Attack, outcome } from "../../attack.ts";
import { stopHolds, timeLimit } from "../../controls/vm-controls.ts";

/** The run may take half a second; what goes on for one and a half tells it. */
const limit = ["--timeout", "0.5"];
const untilLate = (work: string): string => `repeat ${work} until os.clock() > 1.5`;

/** Work that does not end, in one of the places where a VM may forget to look at the time. */
function endless(name: string, title: string, work: string): Attack {
  return {
    id: `vm-${name}`,
    threat: "T5",
    title,
    success: "code of the procedure runs after the time limit",
    control: timeLimit,
    places: ["embedded"],
    attempt: async (world) => {
      const { text } = await world.procedure(
        `Procedure { function()\n${work}\nLog.info(${world.marker.lua})\nend }`,
        limit,
      );
      return outcome(text.includes(world.marker.text), "the text that is logged after the limit");
    },
  };
}

/** Something that catches the error of the time limit, and then goes on. */
function catching(name: string, title: string, source: (goOn: string) => string): Attack {
  return {
    id: `vm-${name}`,
    threat: "T5",
    title,
    success: "code of the procedure runs after it caught the end of its time",
    control: stopHolds,
    places: ["embedded"],
    attempt: async (world) => {
      const goOn = `Log.info(${world.marker.lua})`;
      const { text } = await world.procedure(`Procedure { function() ${source(goOn)} end }`, limit);
      return outcome(text.includes(world.marker.text), "the text that is logged behind the catch");
    },
  };
}

const loop = untilLate("for i = 1, 1e6 do end");

export const attacks: readonly Attack[] = [
  endless("busy-loop", "computes without an end", loop),
  endless(
    "goto-loop",
    "jumps back without an end",
    "local n = 0 ::again:: n = n + 1 if n % 1e6 > 0 or os.clock() < 1.5 then goto again end",
  ),
  endless("loop-in-coroutine", "computes in a coroutine", `coroutine.wrap(function() ${loop} end)()`),
  endless(
    "loop-in-new-coroutines",
    "computes in one coroutine after the other",
    untilLate("coroutine.wrap(function() for i = 1, 1e5 do end end)()"),
  ),
  endless(
    "loop-in-metamethod",
    "computes while a field is looked up",
    `local t = setmetatable({}, { __index = function() ${loop} end }) local x = t.x`,
  ),
  endless(
    "loop-in-tostring",
    "computes while its value is made a text",
    `print(setmetatable({}, { __tostring = function() ${loop} return "late" end }))`,
  ),
  endless(
    "slow-comparison",
    "sorts with a comparison that contradicts itself and computes",
    untilLate("pcall(table.sort, { 3, 1, 2, 5, 4 }, function() for i = 1, 1e5 do end return true end)"),
  ),
  endless(
    "slow-substitution",
    "computes for each letter that a substitution finds",
    untilLate('("xxxx"):gsub(".", function() for i = 1, 1e5 do end end)'),
  ),
  endless(
    "pattern-backtracking",
    "lets a pattern backtrack without an end",
    untilLate('string.find(("a"):rep(26), ("a*"):rep(6) .. "b")'),
  ),
  endless("repeat-nothing", "repeats the empty text very often", untilLate('string.rep("", 2e7)')),
  endless("move-nothing", "moves a range of nothing", untilLate("table.move({}, 1, 1e7, 2)")),
  endless(
    "plain-search",
    "searches a long text in a longer one that nearly has it",
    untilLate('("a"):rep(10000):find(("a"):rep(5000) .. "b", 1, true)'),
  ),
  endless(
    "collect-garbage",
    "collects garbage again and again",
    `local kept = {} for i = 1, 1e5 do kept[i] = {} end ${untilLate("collectgarbage()")}`,
  ),
  catching("catch-with-pcall", "catches the end of its time with pcall", (goOn) => {
    return `pcall(function() while true do end end) ${goOn}`;
  }),
  catching("catch-with-xpcall", "catches the end of its time with a handler", (goOn) => {
    return `xpcall(function() while true do end end, function() return 1 end) ${goOn}`;
  }),
  catching("catch-with-coroutine", "loses its time in a coroutine and goes on outside", (goOn) => {
    return `coroutine.resume(coroutine.create(function() while true do end end)) ${goOn}`;
  }),
  catching("catch-with-close", "has a variable that is closed when the end comes", (goOn) => {
    return `local last <close> = setmetatable({}, { __close = function() ${goOn} end }) while true do end`;
  }),
];
