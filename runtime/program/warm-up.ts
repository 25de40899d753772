import type { EngineOptions, LuaEngine } from "#lua/engine.ts";
import type { FinishedMessage, StartMessage } from "#protocol/wire/messages.ts";
import { RequestRefused, type RunPorts } from "../ports.ts";
import { runProgram } from "./run-program.ts";

/** What nearly every file uses: declarations with schemas, a tool, state, a checkpoint, a result. */
const source = `
local double = Tool {
    description = "Twice a number",
    input = { value = field.number{required = true} },
    function(args) return { value = args.value * 2 } end,
}
Procedure {
    input = { count = field.number{default = 1} },
    output = { value = field.number{required = true} },
    function(input)
        local value = Step.checkpoint(function() return double({ value = input.count }).value end)
        state.value = value
        Log.info("value", { value = value })
        return { value = value }
    end,
}
`;

const start: StartMessage = {
  kind: "start",
  version: 1,
  nonce: "",
  run: "warm-up",
  file: "warm-up.tac",
  source,
  modules: {},
  programs: [],
  input: {},
  textInput: {},
  settings: {},
  limits: {
    timeSeconds: 10,
    luaMemoryBytes: 32 * 1024 * 1024,
    instructions: 10_000_000,
    outputBytes: 1024 * 1024,
  },
  mock: true,
  seed: 1,
  startTime: 0,
};

/** Ports behind which there is nothing and nobody. */
const ports: RunPorts = {
  interruption: undefined,
  emit: () => {},
  sleep: () => {},
  now: () => 0,
  request: (method) => {
    throw new RequestRefused("tool-denied", `Nothing answers ${method} here.`);
  },
  convert: () => {
    throw new RequestRefused("file-unreadable", "There are no files here.");
  },
};

/**
 * Runs a procedure of our own in a VM of its own, which is closed afterwards: code that ran once is compiled, and the
 * procedure that comes next starts in a fraction of the time. Nothing of it is seen outside or kept.
 */
export function warmUp(createEngine: (options: EngineOptions) => LuaEngine): FinishedMessage {
  const engines: LuaEngine[] = [];
  const createKept = (options: EngineOptions): LuaEngine => {
    const engine = createEngine(options);
    engines.push(engine);
    return engine;
  };
  try {
    return runProgram({ start, ports, createEngine: createKept });
  } finally {
    for (const engine of engines) engine.close();
  }
}
