import { afterEach, describe, expect, test } from "vitest";
import type { PluginSource, PluginTool } from "#protocol/wire/plugins.ts";
import { PluginHost, type PluginHostOptions } from "./plugin-host.ts";

/** Real Python processes: how plugins are loaded, what they may do to the protocol, and how they fail. */

const hosts: PluginHost[] = [];
afterEach(() => {
  for (const host of hosts.splice(0)) host.dispose();
});

type Files = Readonly<Record<string, string>>;

function hostOf(files: Files, options: Partial<PluginHostOptions> = {}): PluginHost {
  const sources = Object.entries(files).map(([name, source]): PluginSource => {
    const module = name.replace(/\.py$/, "");
    return { file: `tools/${name}`, module, source, givesTools: !name.startsWith("_") };
  });
  const plugins = { runnable: true, sources, withheld: [] };
  const host = new PluginHost({ plugins, onOutput: () => {}, ...options });
  hosts.push(host);
  return host;
}

async function listOf(files: Files): Promise<{ tools: PluginTool[]; problems: string[] }> {
  return (await hostOf(files).list()) as unknown as { tools: PluginTool[]; problems: string[] };
}

const call = (host: PluginHost, name: string, given = {}, module = "a") =>
  host.call({ module, name, arguments: given });

/** Code and message of the refusal of a call. */
async function refusal(answer: Promise<unknown>): Promise<{ code: string; message: string }> {
  const { code, message } = await answer.then(
    () => ({ code: "none", message: "" }),
    (thrown) => thrown,
  );
  return { code, message };
}

describe("loading", () => {
  test("public functions of the file itself are tools; imported, private ones and classes are not", async () => {
    const { tools } = await listOf({
      "a.py":
        "from json import dumps\nfrom _shared import twice\ndef one(): 'First.'\ndef _two(): ...\nclass Three: ...\nasync def four(): ...",
      "_shared.py": "def twice(x: int): return x * 2",
    });
    expect(tools.map(({ name, description }) => [name, description])).toEqual([
      ["one", "First."],
      ["four", "Tool: four"],
    ]);
  });

  test("a file that can't be loaded costs the others nothing, and is told with its line", async () => {
    const { tools, problems } = await listOf({
      "a.py": "def one(): ...",
      "b.py": "x = 1\nraise ValueError('no luck')",
      "c.py": "def broken(:\n    pass",
      "d.py": "import requests",
      "e.py": "import sys\nsys.exit(3)",
      "f.py": "def odd(a: bytes): ...\n\ndef fine(): ...",
      "g.py": "def later(a: 'Missing'): ...",
    });
    expect(tools.map(({ name }) => name)).toEqual(["one", "fine"]);
    expect(problems).toEqual([
      "Plugin tools/b.py gives no tool: ValueError: no luck (line 2)",
      expect.stringMatching(/^Plugin tools\/c\.py gives no tool: SyntaxError: .* \(line 1\)$/),
      "Plugin tools/d.py gives no tool: ModuleNotFoundError: No module named 'requests' (line 1)",
      "Plugin tools/e.py gives no tool: SystemExit: 3 (line 2)",
      "Plugin tools/f.py:1: odd gives no tool: parameter 'a' has the type bytes, which JSON can't carry",
      expect.stringMatching(/^Plugin tools\/g\.py:1: later gives no tool: a type hint that can't be read/),
    ]);
  });

  test("a plugin named like a standard module does not take its place", async () => {
    const host = hostOf({ "json.py": "import json\ndef text(): return json.dumps([1])" });
    expect(await call(host, "text", {}, "json")).toEqual({ text: '"[1]"' });
  });

  test.for([
    [
      "Google",
      '"""Adds.\n\n    Args:\n        a (int): the first\n            of both\n        b: the second\n\n    Returns:\n        b: no parameter\n    """',
    ],
    [
      "NumPy",
      '"""Adds.\n\n    Parameters\n    ----------\n    a : int\n        the first\n        of both\n    b\n        the second\n\n    Returns\n    -------\n    int\n    """',
    ],
    [
      "reST",
      '"""Adds.\n\n    :param int a: the first\n        of both\n    :param b: the second\n    :returns: the sum\n    """',
    ],
  ])("descriptions of parameters are read from docstrings: %s", async ([, docstring]) => {
    const { tools } = await listOf({ "a.py": `def add(a: int, b: int):\n    ${docstring}\n` });
    expect(tools[0]).toMatchObject({
      description: "Adds.",
      parameters: {
        properties: { a: { description: "the first of both" }, b: { description: "the second" } },
      },
    });
  });
});

describe("calling", () => {
  test("state is kept between calls, and asynchronous functions share one event loop", async () => {
    const host = hostOf({
      "a.py": `
import asyncio
lock = asyncio.Lock()
count = 0
async def add():
    global count
    async with lock:
        await asyncio.sleep(0)
        count += 1
    return count
`,
    });
    await call(host, "add");
    expect(await call(host, "add")).toEqual({ text: "2" });
  });

  test("what is raised is told with its type and the lines of plugins, and no others", async () => {
    const host = hostOf({
      "a.py": "import json, b\ndef parse(text: str):\n    return b.inner(text)\n",
      "b.py": "import json\ndef inner(text):\n    return json.loads(text)\n",
    });
    expect(await refusal(call(host, "parse", { text: "{" }))).toEqual({
      code: "tool-failed",
      message: expect.stringMatching(
        /^parse: JSONDecodeError: Expecting .*\n {2}tools\/a\.py:3 in parse: return b\.inner\(text\)\n {2}tools\/b\.py:3 in inner: return json\.loads\(text\)$/,
      ),
    });
    expect(await refusal(call(host, "gone"))).toMatchObject({ code: "tool-missing" });
  });

  test("what plugins print is output in order, whichever way, and never an answer", async () => {
    const seen: string[] = [];
    const host = hostOf(
      {
        "a.py": `
import os, subprocess, sys
print("loading")
def talk():
    print('{"id": 2, "text": "1"}')
    os.write(1, b"raw\\n")
    print("oops", file=sys.stderr)
    return sys.stdin.read()
`,
      },
      { onOutput: (stream, text) => seen.push(`${stream}: ${text}`) },
    );
    expect(await call(host, "talk")).toEqual({ text: '""' });
    const printed = (stream: string) =>
      seen.flatMap((line) => (line.startsWith(stream) ? [line.slice(stream.length + 2)] : [])).join("");
    expect(printed("stdout")).toBe('loading\n{"id": 2, "text": "1"}\nraw\n');
    expect(printed("stderr")).toBe("oops\n");
  });

  test("a printed line is one output, and one without an end comes before the answer", async () => {
    const seen: string[] = [];
    const source = `
import time
class Slow:
    def __str__(self):
        time.sleep(0.1)
        return "words"
def talk():
    print("a line of", Slow())
    time.sleep(0.1)
    print("no end", end="")
`;
    const host = hostOf({ "a.py": source }, { onOutput: (_stream, text) => seen.push(text) });
    await call(host, "talk");
    expect(seen).toEqual(["a line of words\n", "no end"]);
  });

  test("endless printing is cut", async () => {
    let length = 0;
    const host = hostOf(
      { "a.py": "def flood():\n    for _ in range(3000): print('x' * 1000)" },
      { onOutput: (_stream, text) => (length += text.length) },
    );
    await call(host, "flood");
    expect(length).toBeLessThan(1024 * 1024 + 100);
  });
});

describe("the process", () => {
  test("a crash is the failure of one call, and the next one has a new process", async () => {
    const host = hostOf({ "a.py": "import os\ndef die():\n    os._exit(3)\ndef live(): return 1" });
    expect(await refusal(call(host, "die"))).toEqual({
      code: "plugin-crashed",
      message: "die: the plugin process is gone: it ended with code 3.",
    });
    expect(await call(host, "live")).toEqual({ text: "1" });
  });

  test("one that always crashes is given up", async () => {
    const host = hostOf({ "a.py": "import os\ndef die():\n    os._exit(3)" });
    for (let time = 0; time < 5; time++) {
      expect(await refusal(call(host, "die"))).toMatchObject({ code: "plugin-crashed" });
    }
    expect(await refusal(call(host, "die"))).toMatchObject({ code: "plugin-unavailable" });
  });

  test("a loop without an end is ended with its time", async () => {
    const host = hostOf(
      { "a.py": "def spin():\n    while True: pass\ndef live(): return 1" },
      { callSeconds: 2 },
    );
    expect(await refusal(call(host, "spin"))).toMatchObject({ code: "plugin-timeout" });
    expect(await call(host, "live")).toEqual({ text: "1" });
  });

  test("a forged answer ends the process", async () => {
    const host = hostOf({
      "a.py": `import os\ndef forge():\n    os.write(3, b'{"id": 99}\\n')\n    return 1`,
    });
    expect(await refusal(call(host, "forge"))).toMatchObject({ code: "plugin-crashed" });
  });

  test("a Python that is not there is told as such", async () => {
    const host = hostOf({ "a.py": "" }, { program: "/nowhere/python3" });
    expect(await refusal(host.list())).toMatchObject({
      code: "plugin-unavailable",
      message: expect.stringMatching(/could not be started/),
    });
  });

  test("its end ends what is under way", async () => {
    const host = hostOf({ "a.py": "def spin():\n    while True: pass" });
    await host.list();
    const answer = refusal(call(host, "spin"));
    setTimeout(() => host.dispose(), 50);
    expect(await answer).toMatchObject({ code: "plugin-crashed" });
  });
});
