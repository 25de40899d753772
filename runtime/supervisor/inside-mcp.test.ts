import { afterEach, expect, test } from "vitest";
import type { SandboxedEvent } from "#protocol/events/events.ts";
import { scriptedDefinition } from "#test/support/mcp-servers/scripted-definition.ts";
import { InsideMcp } from "./inside-mcp.ts";

let mcp: InsideMcp | undefined;
afterEach(() => mcp?.dispose());

function held(behaviour: Parameters<typeof scriptedDefinition>[0] = {}, tools = ["*"]) {
  const events: SandboxedEvent[] = [];
  const server = scriptedDefinition(behaviour, { tools });
  mcp = new InsideMcp({ files: { placement: "sandbox", server }, other: { placement: "host" } }, (event) =>
    events.push(event),
  );
  return { mcp, events };
}

test("a server in the sandbox is listed once, and called", async () => {
  const { mcp: servers } = held();
  const listed = Object(await servers.list({ server: "files" }));
  expect(listed.tools).toContainEqual(expect.objectContaining({ name: "add" }));
  expect(await servers.list({ server: "files", since: listed.revision })).toEqual({
    revision: listed.revision,
  });
  expect(await servers.call({ server: "files", tool: "add", arguments: { a: 1, b: 2 } })).toEqual({
    result: "3",
  });
});

test("a tool that config does not allow is denied, and told of", async () => {
  const { mcp: servers, events } = held({}, ["add"]);
  await expect(servers.call({ server: "files", tool: "fail", arguments: {} })).rejects.toMatchObject({
    code: "tool-denied",
  });
  expect(events).toMatchObject([{ type: "tool.denied", tool: "files_fail", zone: "mcp" }]);
});

test("a server that the host holds is none of these", async () => {
  await expect(held().mcp.list({ server: "other" })).rejects.toMatchObject({ code: "tool-denied" });
});

test("what a server said before it ended becomes a warning", async () => {
  const { mcp: servers, events } = held({ crashAtStart: 5 });
  await expect(servers.list({ server: "files" })).rejects.toMatchObject({ code: "mcp-server-failed" });
  expect(events).toMatchObject([
    { type: "log", level: "warn", message: expect.stringMatching(/no configuration found/) },
  ]);
});

test("Node servers are not held back by the limits of this process; nothing of its environment reaches them", async () => {
  const answer = await held().mcp.call({ server: "files", tool: "environment", arguments: {} });
  const { folder: _folder, ...variables } = Object(answer).result;
  expect(Object.keys(variables).sort()).toEqual(["NODE_OPTIONS", "PATH"]);
  expect(variables.NODE_OPTIONS).toMatch(/--allow-fs-read=\*/);
});
