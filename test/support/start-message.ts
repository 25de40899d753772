import type { StartMessage } from "#protocol/wire/messages.ts";

/** A start of nothing in particular: tests put in what they are about. */
export const plainStart: StartMessage = {
  kind: "start",
  version: 1,
  nonce: "0123456789abcdef",
  run: "run-1",
  file: "a.tac",
  source: "return 1",
  modules: {},
  programs: [],
  input: {},
  textInput: {},
  settings: {},
  limits: { timeSeconds: 60, luaMemoryBytes: 1 << 20, instructions: 1_000_000, outputBytes: 1 << 20 },
  mock: false,
  seed: 1,
  startTime: 0,
};
