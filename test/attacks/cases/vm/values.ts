import { type Attack, outcome } from "../../attack.ts";
import { boundedFailure, fixedErrorText, noPrototypes } from "../../controls/vm-controls.ts";
import { endOf } from "../../world/trace.ts";

/** What crosses between Lua and its host, met where it crosses. */
export const attacks: readonly Attack[] = [
  {
    id: "vm-host-exception",
    threat: "T5",
    title: "makes a function of the host throw, and reads what it says of the host",
    success: "a path of the host is in the text that Lua sees",
    control: fixedErrorText,
    places: ["host"],
    attempt: async (world) => {
      const engines = await world.part<typeof import("#lua/wasm/create-wasm-engine.ts")>(
        "lua/wasm/create-wasm-engine.ts",
      );
      const create = await engines.createWasmEngineFactory();
      const engine = create({
        memoryBytes: 2 ** 24,
        instructions: 1e6,
        seed: 1,
        now: () => 0,
        print: () => undefined,
      });
      const reading = engine.createFunction("read", () => {
        throw new TypeError(`no such file: ${world.outside}`);
      });
      engine.globals.set("read", reading);
      const [, seen] = engine.load("return pcall(read)", "attack.tac").call();
      engine.close();
      return outcome(String(seen).includes(world.outside), String(seen));
    },
  },
  {
    id: "vm-huge-error",
    threat: "T19",
    title: "raises an error of twenty million letters",
    success: "the sandbox breaks over it, and shows its inside",
    control: boundedFailure,
    places: ["embedded"],
    attempt: async (world) => {
      const trace = await world.procedure('Procedure { function() error(("E"):rep(2e7)) end }');
      const code = endOf(trace)?.error?.code ?? "none";
      return outcome(code !== "lua-error", `the run ended with ${code}`);
    },
  },
  {
    id: "vm-prototype",
    threat: "T5",
    title: "sends a table with the key __proto__ out of Lua",
    success: "the host sees a member that nobody set",
    control: noPrototypes,
    places: ["host"],
    attempt: async (world) => {
      const json = await world.part<typeof import("#common/json.ts")>("common/json.ts");
      const value = json.parseJsonSafely('{ "__proto__": { "granted": true } }');
      const seen = typeof value === "object" && value !== null && "granted" in value;
      return outcome(seen, seen ? "granted is there" : "nothing is inherited");
    },
  },
];
