import type { Control } from "./control.ts";

const limits = "lua/machine/limits.ts";
const prelude = "lua/dialect/prelude.ts";
const supervisor = "runtime/supervisor/supervisor.ts";

/** The supervisor's clock, which the VM asks between instructions and inside library functions. */
export const timeLimit: Control = {
  id: "vm-time-limit",
  off: [
    {
      file: supervisor,
      from: "this.#keepTime(start.limits.timeSeconds * 1000);",
      to: "this.#keepTime(3_600_000);",
    },
  ],
};

/** After the end every further instruction, and every call of the host, raises again; soon the thread is ended. */
export const stopHolds: Control = {
  id: "vm-stop-holds",
  off: [
    { file: supervisor, from: "time: 250", to: "time: 60_000" },
    {
      file: limits,
      from: "    this.#stack.watchEveryInstruction();\n    this.assertRunning();",
      to: "    this.assertRunning();",
    },
    { file: "lua/machine/host-calls.ts", from: "    this.#limits.assertRunning();\n", to: "" },
  ],
};

/** The allocator of the VM has a budget. */
export const memoryBudget: Control = {
  id: "vm-memory-budget",
  off: [
    {
      file: "lua/wasm/memory-budget.ts",
      from: "if (this.enforced && newSize > held && after > this.limitBytes) {",
      to: "if (this.enforced && newSize < 0) {",
    },
  ],
};

/** There is no function that makes code of text or bytes. */
export const noCodeFromText: Control = {
  id: "vm-no-code-from-text",
  off: [
    { file: prelude, from: "string.dump = nil\n", to: "" },
    { file: prelude, from: '"load", "loadstring"', to: '"loadstring"' },
  ],
};

/** Of the debug library there is nothing but where a line is; and what does not end is ended from outside. */
export const noDebugLibrary: Control = {
  id: "vm-no-debug-library",
  off: [
    { file: prelude, from: "debug = {}\n", to: "" },
    { file: supervisor, from: "time: 250", to: "time: 60_000" },
  ],
};

/** What all strings share can't be reached. */
export const lockedStrings: Control = {
  id: "vm-locked-strings",
  off: [{ file: prelude, from: 'getmetatable("").__metatable = false\n', to: "" }],
};

/** No code runs when something is collected. */
export const noFinalizers: Control = {
  id: "vm-no-finalizers",
  off: [{ file: prelude, from: '  rawset(metatable, "__gc", nil)\n', to: "" }],
};

/** The VM answers that a variable is not set; and there is none in the sandbox to find. */
export const noVariables: Control = {
  id: "vm-no-variables",
  off: [
    {
      file: "lua/dialect/open-dialect.ts",
      from: 'noticed("os.getenv", () => undefined)',
      to: 'noticed("os.getenv", (call) => process.env[textArgument(call, 1)])',
    },
    { file: "runtime/supervisor/run-worker.ts", from: "env: {},", to: "env: process.env," },
    {
      file: "sandbox/embedded/embedded-isolation.ts",
      from: "env: { ...policy.environment },",
      to: "env: process.env,",
    },
  ],
};

/** What a host function throws is a fixed text in Lua. */
export const fixedErrorText: Control = {
  id: "vm-fixed-error-text",
  off: [
    {
      file: "lua/machine/failures.ts",
      from: " failed inside the host`",
      to: "` + String(error)",
    },
  ],
};

/** Objects that are made of JSON have no prototype that a key could name. */
export const noPrototypes: Control = {
  id: "vm-no-prototypes",
  off: [{ file: "common/json.ts", from: "Object.create(null)", to: "{}" }],
};

/** What a procedure raises reaches people cut. */
export const boundedFailure: Control = {
  id: "vm-bounded-failure",
  off: [{ file: "runtime/program/run-failure.ts", from: "mostLetters = 16 * 1024", to: "mostLetters = 1e9" }],
};
