import path from "node:path";
import type Docker from "dockerode";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDesk } from "#test/contract/studio.ts";
import { DeskDebugClient } from "#test/support/debug-client.ts";
import { type DockerEngine, engineOfSuite } from "#test/support/docker-engine.ts";
import { clientOf } from "#test/support/docker-sandbox.ts";

/** Debug sessions in containers, through `dap --stdio` and a real engine: whatever the client does, none is left. */

let engine: DockerEngine;
let client: Docker;

beforeAll(async () => {
  engine = await engineOfSuite();
  client = clientOf(engine);
});
afterAll(() => engine?.dispose());

const procedure = `Procedure {
    output = {sum = field.integer{required = true}},
    function()
        local sum = Step.checkpoint("one", function() return 1 end)
        sum = sum + Step.checkpoint("two", function() return 2 end)
        return {sum = sum}
    end,
}
`;

const containers = async (): Promise<number> => (await client.listContainers({ all: true })).length;

const leavings: Readonly<Record<string, (debug: DeskDebugClient) => Promise<unknown>>> = {
  "terminates it": async (debug) => {
    const terminated = debug.waitForEvent("terminated");
    await debug.terminateRequest();
    await terminated;
  },
  disconnects: (debug) => debug.disconnectRequest(),
  "disconnects while it looks at the past": async (debug) => {
    const stopped = debug.waitForEvent("stopped");
    await debug.stepBackRequest({ threadId: 1 });
    await stopped;
    expect(await containers()).toBe(2);
    await debug.disconnectRequest();
  },
  "is gone without a word": async () => undefined,
};

test.for(Object.entries(leavings))("a client %s: no container is left", async ([, leave]) => {
  using desk = openDesk({ "sum.tac": procedure });
  const debug = new DeskDebugClient(desk, { DOCKER_HOST: engine.address });
  const program = path.join(desk.folder, "sum.tac");
  await debug.hitBreakpoint({ program, isolation: "docker" }, { path: program, line: 6 });
  expect(await containers()).toBe(1);
  await leave(debug);
  expect(await debug.vanish()).toBe(0);
  expect(await containers()).toBe(0);
});
