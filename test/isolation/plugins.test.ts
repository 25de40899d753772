import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunEvent, RunEventOf } from "#protocol/events/events.ts";
import { openDesk } from "#test/contract/studio.ts";
import { type DockerEngine, engineOfSuite } from "#test/support/docker-engine.ts";

/** Python plugins from the config to the container and back: the built command, a real engine, a real Python. */

let engine: DockerEngine;

beforeAll(async () => {
  engine = await engineOfSuite();
});
afterAll(() => engine?.dispose());

const plugins = {
  "tools/numbers.py": `
"""Numbers."""
from dataclasses import dataclass
from _scale import scale

@dataclass
class Box:
    width: int
    height: int = 1

def area(box: Box, factor: float = 1.0) -> float:
    """The area of a box.

    Args:
        factor: what the area is multiplied by
    """
    print("measuring", box)
    return scale(box.width * box.height, factor)

async def fail(why: str):
    raise ValueError(why)
`,
  "tools/_scale.py": "def scale(value, factor):\n    return value * factor\n",
  "tools/broken.py": "import nothing_of_that_name\n",
  "tools/deeds.py": `
import os, socket, tempfile

def crash(): os._exit(9)
def spin():
    while True: pass
def huge(): return "x" * (3 * 1024 * 1024)
def hog(): return len(bytearray(8 * 1024 ** 3))
def connect():
    socket.create_connection(("127.0.0.1", 1))
def write(path: str):
    with open(path, "w") as file: return file.write("made")
def keep():
    with tempfile.NamedTemporaryFile() as file: return file.write(b"kept")
def look(path: str): return sorted(os.listdir(path))
def environment(): return dict(os.environ)
`,
};

interface Run {
  readonly code: number;
  readonly events: readonly RunEvent[];
  readonly finished: RunEventOf<"run.finished"> | undefined;
}

async function run(body: string, args: readonly string[] = ["--yes"], declare = ""): Promise<Run> {
  using desk = openDesk({
    ...plugins,
    "a.tac": `${declare}\nProcedure { function(input)\n${body}\nend }\n`,
    ".tactus/config.yml": "tool_paths: [./tools]\n",
  });
  const outcome = await desk.studio(["run", "a.tac", "--json", ...args], { DOCKER_HOST: engine.address });
  const events = outcome.stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
  return { code: outcome.code, events, finished: events.find(({ type }) => type === "run.finished") };
}

const of = <Type extends RunEvent["type"]>({ events }: Run, type: Type): RunEventOf<Type>[] =>
  events.filter((event): event is RunEventOf<Type> => event.type === type);

test("a Python function is a tool: checked, called, told in events; a file that can't be loaded costs nothing", async () => {
  const outcome = await run(
    `local first = area({ box = { width = 2, height = 3 } })
local ok, message = pcall(area, { box = { width = "wide" } })
return { first = first, second = Tool.get("area")({ box = { width = 4 }, factor = 0.5 }), message = message }`,
    ["--yes"],
    'area = Tool { use = "plugin.numbers.area" }',
  );
  expect(outcome.finished).toMatchObject({
    status: "completed",
    result: { first: 6, second: 2, message: "area: box.width: expected an integer, got string" },
  });
  expect(of(outcome, "tool.returned")[0]).toMatchObject({
    tool: "area",
    zone: "plugin",
    by: "procedure",
    arguments: { box: { width: 2, height: 3 } },
    result: 6,
  });
  const printed = of(outcome, "output").map(({ text }) => text);
  expect(printed.join("")).toBe("measuring Box(width=2, height=3)\nmeasuring Box(width=4, height=1)\n");
  expect(of(outcome, "log").map(({ message }) => message)).toEqual([
    "Plugin tools/broken.py gives no tool: ModuleNotFoundError: No module named 'nothing_of_that_name' (line 1)",
  ]);
});

test("what goes wrong in a plugin ends the call only", async () => {
  const outcome = await run(`
local function message(name, arguments)
  local ok, text = pcall(Tool.get(name), arguments or {})
  return text
end
return {
  raised = message("fail", { why = "because" }),
  crashed = message("crash"),
  huge = message("huge"),
  memory = message("hog"),
  after = Tool.get("look")({ path = "/workspace" }),
}`);
  expect(outcome.finished?.result).toEqual({
    raised: expect.stringMatching(
      /^fail: ValueError: because\n {2}tools\/numbers\.py:21 in fail: raise ValueError/,
    ),
    crashed: "crash: the plugin process is gone: it ended with code 9.",
    huge: expect.stringContaining("at most 1048576 are taken"),
    memory: expect.stringContaining("MemoryError"),
    after: {},
  });
});

test("an endless loop ends with the run", async () => {
  const outcome = await run(`return Tool.get("spin")({})`, ["--yes", "--timeout", "5"]);
  expect([outcome.code, outcome.finished?.status]).toEqual([4, "timed_out"]);
});

test("plugins reach no network, no file outside /tmp, and see nothing of the host", async () => {
  const outcome = await run(`
local function try(name, arguments)
  local ok, value = pcall(Tool.get(name), arguments or {})
  return ok and value or value:match("^[^\\n]*")
end
return {
  connect = try("connect"),
  workspace = try("write", { path = "/workspace/made" }),
  runtime = try("write", { path = "/runtime/plugins/made" }),
  tmp = try("write", { path = "/tmp/made" }),
  temporary = try("keep"),
  root = try("look", { path = "/" }),
  environment = try("environment"),
}`);
  expect(outcome.finished?.result).toMatchObject({
    connect: expect.stringContaining("Operation not permitted"),
    workspace: expect.stringMatching(/Permission denied|Read-only/),
    runtime: expect.stringMatching(/Permission denied|Read-only/),
    tmp: 4,
    temporary: 4,
    root: expect.not.arrayContaining(["home", "root", "var"]),
    environment: { HOSTNAME: "sandbox", HOME: "/" },
  });
});

test("without a grant no plugin is read or started, and the first use says why", async () => {
  const outcome = await run(`return Tool.get("area")({ box = { width = 1 } })`, []);
  expect(of(outcome, "run.started")[0]?.ungranted).toEqual([
    { capability: "tool.plugin", target: "./tools" },
  ]);
  expect(outcome.finished).toMatchObject({ status: "failed", error: { code: "tool-denied" } });
});

test("the embedded isolation starts no Python, and names the one that does", async () => {
  const outcome = await run(`return Tool.get("area")({})`, ["--yes", "--isolation", "embedded"]);
  expect(outcome.finished).toMatchObject({
    status: "failed",
    error: { code: "plugin-unavailable", message: expect.stringContaining("--isolation docker") },
  });
});
