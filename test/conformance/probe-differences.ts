import type { Json } from "#common/json.ts";

/** Where the result of a probe is meant to differ from the original's, and why; docs/compatibility.md has the same rows. */
export interface ProbeDifference {
  readonly reason: string;
  /** Our result; for a probe that must fail here, the code instead. */
  readonly result?: Json;
  readonly code?: string;
}

export const probeDifferences: Readonly<Record<string, ProbeDifference>> = {
  "15-sandbox-absences.tac": {
    reason: "os.date is a Lua function, no host object",
    result: {
      collectgarbage: "function",
      debug_getinfo: "function",
      debug_sethook: "nil",
      debug_type: "table",
      gone: {
        dofile: true,
        io: true,
        load: true,
        loadfile: true,
        loadstring: true,
        setfenv: true,
        unpack: true,
      },
      os_date: "function",
      os_execute: "nil",
      os_exit: "nil",
      os_remove: "nil",
      os_type: "table",
      print_type: "function",
      require_type: "function",
      utf8: "table",
    },
  },
  "23-return-shapes-empty-and-mixed.tac": {
    reason: "an empty table is {} unless its schema says array",
    result: {
      b: false,
      empty: {},
      mixed: { "1": 1, "2": 2, x: 3 },
      numkeys: { "1": "s" },
      sparse: { "1": "a", "3": "c" },
    },
  },
  "30-output-wrong-type.tac": { reason: "output types are enforced", code: "output-invalid" },
  "40-sub-procedure.tac": {
    reason: "input defaults of sub-procedures are applied",
    result: { joined: "a+b", one: 8, pos: 3, two: 16 },
  },
  "40b-assigned-procedures-collide.tac": {
    reason: "x = Procedure {…} is named x",
    result: { called: "helper" },
  },
  "50-tool-missing-arg.tac": {
    reason: "an empty argument table reaches the tool as a table",
    result: { ok: true, ok2: true, ok3: true, v: "hello nil", v2: "hello 5", v3: "hello x" },
  },
  "60-enum-output.tac": { reason: "enums are enforced", code: "output-invalid" },
  "61-tool-list-args.tac": {
    reason: "lists reach tools as Lua tables",
    result: { ok: true, ok2: true, sum: 6 },
  },
  "61c-tool-list-arg-indexing.tac": {
    reason: "lists reach tools as Lua tables",
    result: { at0: "nil", at1: "10", kind: "table", len: "3", pairs_ok: "3" },
  },
  "65-python-global.tac": {
    reason: "there is no bridge to the host's language",
    result: { kind: "nil", ok: false, value: "blocked" },
  },
  "67-append-and-nested-state.tac": {
    reason: "State.append builds a Lua list, counted from 1",
    result: { first: "none", len: 3, log_kind: "table", ok: true, ok0: false, ok1: true, second: 1 },
  },
  "70-spec-agent-mock.tac": {
    reason: "the result of a turn is a table, and its text is the answer",
    result: {
      kind: "table",
      reply: "Mocked response from writer",
      text: "Mocked response from writer",
    },
  },
  "72b-spec-temporal-only-agent-mock.tac": {
    reason: "a mock with `temporal` alone belongs to the agent of that name",
    result: { a: "first turn", b: "second turn" },
  },
  "77-spec-tool-mock-static.tac": {
    reason: "mocks reach direct calls of tools",
    result: { count: 1, sky: "mocked" },
  },
  "77b-spec-tool-mock-via-agent.tac": {
    reason: "results of tools are Lua tables",
    result: { calls: 1, city: "Oslo", kind: "table", reply: "reported" },
  },
  "77c-spec-tool-mock-forms.tac": {
    reason: "the recorded result of a mocked tool is the mock's",
    result: { calls: 2, n: 2, reply: "ran", text: "hi Ann" },
  },
};

/** Probes that need something a later issue brings. */
export const probesNotCovered: Readonly<Record<string, string>> = {
  "78-spec-toolset.tac": "its agent is mocked by the steps of a specification, which `test` will run",
};

/** Input of probes that a specification gives it to; the original's outcome is that of the scenario `scenario`. */
export const probeInputs: Readonly<Record<string, { input: Record<string, Json>; scenario: number }>> = {
  "74-spec-inputs.tac": { input: { label: "north", ratio: 2.5, items: [1, 2, 3] }, scenario: 0 },
};
