import { build } from "esbuild";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { RunEvent } from "#protocol/events/events.ts";
import { type Desk, openDesk } from "#test/contract/studio.ts";
import { type DockerEngine, engineOfSuite } from "#test/support/docker-engine.ts";
import { clientOf } from "#test/support/docker-sandbox.ts";
import type { ServerBehaviour } from "#test/support/mcp-servers/behaviour.ts";
import { scriptedProgram } from "#test/support/mcp-servers/scripted-definition.ts";

/** MCP servers that live in the container, as the built command starts them. */

let engine: DockerEngine;
let program = "";

beforeAll(async () => {
  engine = await engineOfSuite();
  // Nothing can be installed in the container: a server comes as one file.
  const bundle = await build({
    entryPoints: [scriptedProgram],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  program = bundle.outputFiles[0]?.text ?? "";
});
afterAll(() => engine?.dispose());

function deskWith(source: string, behaviour: ServerBehaviour = {}): Desk {
  const args = JSON.stringify(["server.mjs", JSON.stringify(behaviour)]);
  return openDesk({
    "a.tac": source,
    "home/.tactus/mcp-servers/files/server.mjs": program,
    "home/.tactus/config.yml": `mcp_servers: { files: { command: node, args: ${args}, cwd: files, env: { STAGE: test }, timeout: 60 } }`,
  });
}

const run = ["run", "a.tac", "--json", "--isolation", "docker"];
const withEngine = () => ({ DOCKER_HOST: engine.address });

function eventsOf(stdout: string): RunEvent[] {
  const lines = stdout.trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as RunEvent);
}

test("docker: a server runs beside the procedure, in its own folder and with its own variables", async () => {
  using desk = deskWith(`
    a = Agent { provider = "p", model = "m", system_prompt = "s", tools = { "files" } }
    Mocks { a = { tool_calls = { { tool = "files_add", args = { a = 1, b = 2 } } }, run_tools = true, message = "ok" } }
    Procedure { function()
      a("go")
      return { sum = Tool.last_result("files_add"), environment = mcp.files.environment({}) }
    end }`);
  const { stdout } = await desk.studio(run, withEngine());
  const { result, error } = Object(eventsOf(stdout).at(-1));
  expect(error).toBeUndefined();
  expect(result).toEqual({
    sum: "3",
    environment: {
      STAGE: "test",
      PATH: expect.any(String),
      NODE_OPTIONS: expect.any(String),
      folder: "/mcp-servers/files",
    },
  });
});

test("docker: a server is as confined as the procedure", async () => {
  using desk = deskWith(`Procedure { function()
    return {
      there = mcp.files.reach({ read = "/mcp-servers/files/server.mjs", write = "/mcp-servers/files/x", port = 1 }),
      temporary = mcp.files.reach({ read = "/etc/shadow", write = "/tmp/x", port = 1 }),
    }
  end }`);
  const { stdout } = await desk.studio(run, withEngine());
  const refused = expect.stringMatching(/^(EPERM|EACCES|EROFS|ERR_ACCESS_DENIED)$/);
  expect(Object(eventsOf(stdout).at(-1)).result).toEqual({
    there: { read: "done", write: refused, connect: refused },
    temporary: { read: "ENOENT", write: refused, connect: refused },
  });
});

test("docker: a server that crashes at its start fails the call, and the journal has its last words", async () => {
  using desk = deskWith("Procedure { function() return mcp.files.add({ a = 1, b = 2 }) end }", {
    crashAtStart: 3,
  });
  const events = eventsOf((await desk.studio(run, withEngine())).stdout);
  expect(events.at(-1)).toMatchObject({
    error: { code: "mcp-server-failed", message: expect.stringMatching(/ended with code 3/) },
  });
  expect(JSON.stringify(events)).toContain("no configuration found");
});

test("docker: a run that is cancelled in the middle of a call leaves nothing", async () => {
  using desk = deskWith("Procedure { function() return mcp.files.slow({}) end }", { deaf: true });
  const running = desk.start(run, withEngine());
  await running.shows('"tool.called"');
  running.process.kill("SIGINT");
  expect((await running.outcome).code).toBe(130);
  const client = clientOf(engine);
  await vi.waitFor(async () => expect(await client.listContainers({ all: true })).toEqual([]));
});
