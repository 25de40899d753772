import { expect, test } from "vitest";
import { checkProcedureNeeds } from "#language/sidecar/check-procedure-needs.ts";
import type { ProcedureFacts } from "#language/sidecar/procedure-facts.ts";

const range = { start: { line: 2, character: 1 }, end: { line: 2, character: 5 } };
const procedure: ProcedureFacts = {
  file: "flows/a.tac",
  inputs: [],
  tools: [],
  toolsets: [],
  agents: [],
  needs: [
    { kind: "host tool", name: "git.log", range },
    { kind: "host tool", name: "host.ping", range },
    { kind: "MCP server", name: "files", range },
  ],
};

test("a procedure that needs a sidecar and has none", () => {
  expect(checkProcedureNeeds(procedure, false)).toMatchObject([
    { code: "config-sidecar-missing", range, message: expect.stringContaining('host tool "git.log"') },
    { code: "config-sidecar-missing", range, message: expect.stringContaining("write a.tac.yml") },
  ]);
  expect(checkProcedureNeeds(procedure, true)).toEqual([]);
  expect(checkProcedureNeeds({ ...procedure, needs: [] }, false)).toEqual([]);
});
