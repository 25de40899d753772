import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { JsonObject } from "#common/json.ts";
import type { CommandTool } from "./command-tool.ts";
import { createHostTools } from "./host-tools.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "host-tools-"));
});
afterAll(() => rm(folder, { recursive: true }));

const never = new AbortController().signal;

/** A declared and allowed tool that runs a script of Node. */
function scripted(script: string, more: Partial<CommandTool> = {}, environment: Record<string, string> = {}) {
  const tool: CommandTool = { command: [process.execPath, "-e", script], folder, ...more };
  const tools = createHostTools({ commands: { tool }, allowed: ["tool"], environment });
  return (parameters: JsonObject = {}, signal = never) => tools.call("tool", parameters, { signal });
}

const readInput = "let text='';process.stdin.on('data',d=>text+=d).on('end',()=>";

describe("built in", () => {
  test("host.ping gives its arguments back, on top and as an echo", async () => {
    const result = await createHostTools().call("host.ping", { value: 1 }, { signal: never });
    expect(result).toEqual({ ok: true, value: { ok: true, value: 1, echo: { value: 1 } } });
  });

  test("host.echo echoes", async () => {
    const result = await createHostTools().call("host.echo", { a: [1] }, { signal: never });
    expect(result).toEqual({ ok: true, value: { echo: { a: [1] } } });
  });
});

describe("denied", () => {
  const commands = { tool: { command: ["true"], folder: "/" } } as const;

  test.for([
    ["what nobody declared", "host.shell", {}],
    ["what is declared but not allowed", "tool", { commands }],
    ["what is allowed but not declared", "tool", { allowed: ["tool"] }],
    ["names of the prototype", "constructor", { allowed: ["constructor"] }],
  ] as const)("%s", async ([, name, options]) => {
    const result = await createHostTools(options).call(name, {}, { signal: never });
    expect(result).toMatchObject({ ok: false, error: { code: "tool-denied" } });
    expect(!result.ok && result.error.message).toContain(name);
    expect(!result.ok && result.error.message).toContain("host_tools");
  });

  test("a declaration can't replace what is built in", async () => {
    const tools = createHostTools({ commands: { "host.ping": commands.tool }, allowed: ["host.ping"] });
    expect(await tools.call("host.ping", {}, { signal: never })).toMatchObject({ ok: true });
  });
});

describe("a command", () => {
  test("gets its arguments as JSON on standard input and answers with JSON", async () => {
    const call = scripted(`${readInput}process.stdout.write(JSON.stringify({got:JSON.parse(text)})))`);
    expect(await call({ a: '$(id); `id` && "x"', n: 1 })).toEqual({
      ok: true,
      value: { got: { a: '$(id); `id` && "x"', n: 1 } },
    });
  });

  test("has nothing in its environment but what it names", async () => {
    const call = scripted(
      "process.stdout.write(JSON.stringify(process.env))",
      { environment: ["STAGE", "ABSENT"] },
      { STAGE: "test", OPENAI_API_KEY: "secret" },
    );
    const result = await call();
    const names = result.ok ? Object.keys(Object(result.value)) : [];
    expect(names.filter((name) => !name.startsWith("__CF"))).toEqual(["STAGE"]);
  });

  test("runs in its folder", async () => {
    expect(await scripted("process.stdout.write(JSON.stringify(process.cwd()))")()).toEqual({
      ok: true,
      value: folder,
    });
  });

  test.for<[string, string, Partial<CommandTool>, string]>([
    ["fails", "process.stderr.write('/home/person');process.exit(3)", {}, "code 3"],
    ["writes no JSON", "process.stdout.write('hello')", {}, "JSON"],
    [
      "writes too much",
      "process.stdout.write('x'.repeat(100_000))",
      { maximumOutputBytes: 1000 },
      "too much",
    ],
    ["takes too long", "setInterval(()=>{},1000)", { timeoutSeconds: 0.3 }, "too long"],
    ["does not exist", "", { command: ["/no/such/program"] }, "could not be started"],
    ["has no folder", "1", { folder: "/no/such/folder" }, "could not be started"],
  ])("that %s is a failure without host text", async ([, script, more, says]) => {
    const result = await scripted(script, more)();
    expect(result).toMatchObject({ ok: false, error: { code: "host-tool-failed" } });
    expect(!result.ok && result.error.message).toContain(says);
    expect(!result.ok && result.error.message).not.toContain("/home");
  });

  test("gets no arguments that its schema does not allow", async () => {
    const call = scripted("process.stdout.write('1')", {
      parameters: {
        type: "object",
        properties: { name: { type: "string" }, count: { type: "integer" } },
        required: ["name"],
        additionalProperties: false,
      },
    });
    expect(await call({ name: "x", count: 1 })).toEqual({ ok: true, value: 1 });
    for (const wrong of [{}, { name: 7 }, { name: "x", count: 1.5 }, { name: "x", other: 1 }]) {
      expect(await call(wrong)).toMatchObject({ ok: false, error: { code: "host-tool-failed" } });
    }
  });

  test("is called only so often in a minute", async () => {
    const call = scripted("process.stdout.write('1')", { callsPerMinute: 2 });
    expect([(await call()).ok, (await call()).ok, (await call()).ok]).toEqual([true, true, false]);
  });

  test.skipIf(process.platform === "win32")(
    "ends with all it started when the run is cancelled",
    async () => {
      const child = "require('fs').writeFileSync('alive',String(process.pid));setInterval(()=>{},1000)";
      const call = scripted(
        `require('child_process').spawn(process.execPath,['-e',${JSON.stringify(child)}]);setInterval(()=>{},1000)`,
      );
      const controller = new AbortController();
      const result = call({}, controller.signal);
      const pid = await vi.waitFor(async () => {
        const text = await readFile(join(folder, "alive"), "utf8");
        if (text === "") throw new Error("not written yet");
        return Number(text);
      });
      controller.abort();
      expect(await result).toMatchObject({ ok: false });
      await vi.waitFor(async () => expect(await isRunning(pid)).toBe(false));
    },
  );
});

test("parameters that are no schema are refused when the tool is made", () => {
  const tool: CommandTool = { command: ["true"], folder: "/", parameters: { $ref: "#/nowhere" } };
  expect(() => createHostTools({ commands: { tool }, allowed: ["tool"] })).toThrow("'tool'");
});

/** A killed process whose parent is gone may stay a zombie for a while where nobody reaps. */
async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
    const status = await readFile(`/proc/${pid}/stat`, "utf8");
    return status.slice(status.lastIndexOf(")") + 2, status.lastIndexOf(")") + 3) !== "Z";
  } catch {
    return false;
  }
}
