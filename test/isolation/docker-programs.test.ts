import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DockerEngine, engineOfSuite } from "#test/support/docker-engine.ts";
import { ProbeContainer, withoutPermissionModel } from "#test/support/docker-sandbox.ts";
import { outcomeOf } from "#test/support/sandbox-conversation.ts";

/** What a program that the runtime starts inside the container can do, and what it can't. */

let engine: DockerEngine;
let container: ProbeContainer;

beforeAll(async () => {
  engine = await engineOfSuite();
  const setup = { runtimeFolder: path.resolve(import.meta.dirname, "stand-in") };
  container = await ProbeContainer.prepare(engine, setup, { python: true });
});
afterAll(() => engine?.dispose());

const python = (code: string) => ({ program: "/usr/bin/python3", args: ["-I", "-S", "-c", code] });

async function outcome(input: { program: string; args: string[] }): Promise<unknown> {
  const { finished } = await container.run("programWithChannel", input, {
    policy: { childProcesses: true, python: true },
  });
  return outcomeOf(finished);
}

test.for([
  ["pipes", "import os; print(os.read(3, 100).decode())", "from above"],
  ["threads", "import threading as t; x = t.Thread(target=print, args=[1]); x.start(); x.join()", "1"],
  ["an event loop", "import asyncio; asyncio.run(asyncio.sleep(0.001)); print('done')", "done"],
  ["a file in /tmp", "open('/tmp/a', 'w').write('x' * 9); print(open('/tmp/a').read())", "x".repeat(9)],
  ["a temporary folder", "import tempfile as t\nwith t.TemporaryDirectory() as f: print(f[:5])", "/tmp/"],
  ["hashes", "import hashlib; print(hashlib.sha256(b'').hexdigest()[:8])", "e3b0c442"],
  ["decimals", "import decimal, _decimal; print(decimal.Decimal('0.1') * 3)", "0.3"],
] as const)("Python has %s", async ([, code, output]) => {
  expect(await outcome(python(code))).toEqual({ output: `${output}\n`, errors: "", code: 0 });
});

test("Node has pipes too", async () => {
  const code = "process.stdout.write(require('node:fs').readFileSync(3, 'utf8'))";
  expect(await outcome({ program: "/usr/bin/node", args: ["-e", code] })).toMatchObject({
    output: "from above",
    code: 0,
  });
});

test.for([
  ["a connection", "import socket; socket.create_connection(('127.0.0.1', 1))"],
  ["a socket of the system", "import socket; socket.socket(socket.AF_UNIX).connect('/run/docker.sock')"],
  ["a server", "import socket; socket.create_server(('127.0.0.1', 0))"],
  ["a file in the workspace's place", "open('/workspace/made', 'w')"],
  ["a file beside the library", "open('/usr/lib/made', 'w')"],
  ["the runtime's code", "open('/runtime/main.mjs', 'a')"],
  ["a link", "import os; os.symlink('/etc', '/tmp/link')"],
  ["rights of a file", "import os; open('/tmp/b', 'w'); os.chmod('/tmp/b', 0o4777)"],
  ["another user", "import os; os.setuid(0)"],
  ["a program in /tmp", "import os; open('/tmp/c', 'w'); os.execv('/tmp/c', ['c'])"],
])("Python has not: %s", async ([, code = ""]) => {
  const errors = expect.stringMatching(/^(PermissionError|OSError): \[Errno (1|13|30)\]/);
  expect(await outcome(python(code))).toMatchObject({ code: 1, errors });
});

test("without being asked for, no program is started, whatever the image holds", async () => {
  const strict = { options: withoutPermissionModel };
  for (const changes of [{}, strict]) {
    const { finished } = await container.run("programWithChannel", python("1"), changes);
    expect(outcomeOf(finished)).toMatch(/^(ERR_ACCESS_DENIED|EPERM)$/);
  }
});
