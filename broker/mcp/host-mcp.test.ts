import { afterEach, expect, test } from "vitest";
import { scriptedDefinition } from "#test/support/mcp-servers/scripted-definition.ts";
import { createHostMcp, type HostMcp } from "./host-mcp.ts";

const context = { signal: new AbortController().signal, warn: () => {} };
let mcp: HostMcp | undefined;
afterEach(() => mcp?.close());

test("a list is sent again only when it changed", async () => {
  mcp = createHostMcp({ files: scriptedDefinition() }, process.env);
  const first = await mcp.list({ server: "files" }, context);
  if (!first.ok) throw new Error(first.error.message);
  const since = first.value.revision;
  expect(first.value.tools?.map(({ name }) => name)).toContain("add");
  expect(await mcp.list({ server: "files", since }, context)).toEqual({
    ok: true,
    value: { revision: since },
  });
  await mcp.call({ server: "files", tool: "grow", arguments: {} }, context);
  const changed = await mcp.list({ server: "files", since }, context);
  expect(changed.ok && changed.value.tools?.at(-1)?.name).toBe("grown");
});

test("of this process's environment a server gets only what finds its program", async () => {
  mcp = createHostMcp({ files: scriptedDefinition() }, { PATH: "/usr/bin", OPENAI_API_KEY: "secret" });
  const answer = await mcp.call({ server: "files", tool: "environment", arguments: {} }, context);
  const { folder: _folder, ...variables } = Object(answer.ok && answer.value.result);
  expect(variables).toEqual({ PATH: "/usr/bin" });
});
