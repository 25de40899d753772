import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Json, JsonObject } from "#common/json.ts";
import { ok, type Result } from "#common/result.ts";
import { Redactor } from "../secrets/redactor.ts";
import { secretsFrom } from "../secrets/secret-source.ts";
import { secretVariables } from "../secrets/secret-variables.ts";
import type { HostCallContext, Refusal } from "../services.ts";
import type { CallRules, HostToolDeclaration } from "./host-tool-declaration.ts";
import { createHostTools, type HostToolsOptions } from "./host-tools.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "host-tools-"));
});
afterAll(() => rm(folder, { recursive: true }));

const quiet: HostCallContext = { signal: new AbortController().signal, approve: async () => ok(false) };

interface Scripted extends CallRules {
  readonly environment?: readonly string[];
  readonly output?: "json" | "text";
  readonly arguments?: readonly string[];
  readonly program?: string;
  readonly folder?: string;
}

type Call = (parameters?: JsonObject, context?: Partial<HostCallContext>) => Promise<Result<Json, Refusal>>;

/** A declared and allowed tool that runs a script of Node. */
function scripted(script: string, more: Scripted = {}, values: Record<string, string> = {}): Call {
  const { environment, output, arguments: rest = [], program, folder: where, ...rules } = more;
  const action = {
    kind: "command",
    command: [program ?? process.execPath, "-e", script, ...rest],
    folder: where ?? folder,
    ...(environment && { environment }),
    ...(output && { output }),
  } as const;
  return calling({ action, ...rules }, values);
}

function calling(
  declaration: HostToolDeclaration,
  values: Record<string, string> = {},
  options: HostToolsOptions = {},
): Call {
  const variables = secretVariables(secretsFrom(values), new Redactor(), /TOKEN/);
  const tools = createHostTools({ tools: { tool: declaration }, allowed: ["tool"], variables, ...options });
  return (parameters = {}, context = {}) => tools.call("tool", parameters, { ...quiet, ...context });
}

function messageOf(result: Result<Json, Refusal>): string {
  return result.ok ? "" : result.error.message;
}

const readInput = "let text='';process.stdin.on('data',d=>text+=d).on('end',()=>";
const sayInput = `${readInput}process.stdout.write(text))`;
const sayArguments = "process.stdout.write(JSON.stringify(process.argv.slice(1)))";
const record = { type: "object", properties: { path: {}, count: {} }, additionalProperties: false } as const;

describe("built in", () => {
  test("host.ping gives its arguments back, on top and as an echo", async () => {
    const result = await createHostTools().call("host.ping", { value: 1 }, quiet);
    expect(result).toEqual({ ok: true, value: { ok: true, value: 1, echo: { value: 1 } } });
  });

  test("host.echo echoes", async () => {
    const result = await createHostTools().call("host.echo", { a: [1] }, quiet);
    expect(result).toEqual({ ok: true, value: { echo: { a: [1] } } });
  });
});

describe("denied", () => {
  const action = { kind: "command", command: ["true"], folder: "/" } as const;
  const tools = { tool: { action } };
  const cases: ReadonlyArray<[string, string, HostToolsOptions]> = [
    ["what nobody declared", "host.shell", {}],
    ["what is declared but not allowed", "tool", { tools }],
    ["what is allowed but not declared", "tool", { allowed: ["tool"] }],
    ["names of the prototype", "constructor", { allowed: ["constructor"] }],
  ];

  test.for(cases)("%s", async ([, name, options]) => {
    for (const result of [
      await createHostTools(options).call(name, {}, quiet),
      await createHostTools(options).describe(name, quiet),
    ]) {
      expect(result).toMatchObject({ ok: false, error: { code: "tool-denied" } });
      expect(!result.ok && result.error.message).toContain(name);
      expect(!result.ok && result.error.message).toContain("host_tools");
    }
  });

  test("a declaration can't replace what is built in", async () => {
    const mine = createHostTools({ tools: { "host.ping": { action } }, allowed: ["host.ping"] });
    expect(await mine.call("host.ping", {}, quiet)).toMatchObject({ ok: true });
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

  test("may answer with text", async () => {
    expect(await scripted("process.stdout.write('hi\\n')", { output: "text" })()).toEqual(ok("hi\n"));
  });

  test("gets arguments in their places, each as one, and those that are not given not at all", async () => {
    const call = scripted(sayArguments, { arguments: ["--", "--path={path}", "{count}", "{other}"] });
    expect(await call({ path: 'a b"; {count} $(id)', count: 3 })).toEqual(
      ok(['--path=a b"; {count} $(id)', "3"]),
    );
  });

  test.for<[string, readonly string[], JsonObject, string]>([
    ["an option", ["{path}"], { path: "--output=/etc/passwd" }, "option"],
    ["a short option", ["sub", "{path}"], { path: "-rf" }, "option"],
    ["an option of two values", ["{path}{count}"], { path: "-", count: 1 }, "option"],
    ["a line break", ["--", "a={path}"], { path: "x\ny" }, "control character"],
    ["NUL", ["--", "a={path}"], { path: "x\0y" }, "control character"],
    ["a list", ["--", "{path}"], { path: ["a"] }, "no text"],
  ])("is not called with %s in a place", async ([, places, parameters, says]) => {
    const result = await scripted(sayArguments, { arguments: places })(parameters);
    expect(result).toMatchObject({ ok: false, error: { code: "host-tool-failed" } });
    expect(messageOf(result)).toContain(says);
  });

  test("may be given a dash behind `--`", async () => {
    const call = scripted("process.stdout.write(JSON.stringify(process.argv.slice(2)))", {
      arguments: ["--", "x", "--", "{path}"],
    });
    expect(await call({ path: "-rf" })).toEqual(ok(["--", "-rf"]));
  });

  test("has nothing in its environment but what it names, and the key of the call", async () => {
    const call = scripted(
      "process.stdout.write(JSON.stringify(process.env))",
      { environment: ["STAGE", "ABSENT"] },
      { STAGE: "test", OPENAI_API_KEY: "secret" },
    );
    const result = await call({}, { idempotencyKey: "run-1" });
    const names = result.ok ? Object.keys(Object(result.value)) : [];
    expect(names.filter((name) => !name.startsWith("__CF"))).toEqual(["STAGE", "TACTUS_IDEMPOTENCY_KEY"]);
  });

  test("runs in its folder", async () => {
    expect(await scripted("process.stdout.write(JSON.stringify(process.cwd()))")()).toEqual(ok(folder));
  });

  test.for<[string, string, Scripted, string]>([
    ["fails", "process.stderr.write('/home/person');process.exit(3)", {}, "code 3"],
    ["writes no JSON", "process.stdout.write('hello')", {}, "JSON"],
    [
      "writes too much",
      "process.stdout.write('x'.repeat(100_000))",
      { limits: { resultBytes: 1000 } },
      "too much",
    ],
    ["takes too long", "setInterval(()=>{},1000)", { timeoutSeconds: 0.3 }, "longer than 0.3 s"],
    ["does not exist", "", { program: "/no/such/program" }, "could not be started"],
    ["has no folder", "1", { folder: "/no/such/folder" }, "could not be started"],
  ])("that %s is a failure without host text", async ([, script, more, says]) => {
    const result = await scripted(script, more)();
    expect(result).toMatchObject({ ok: false, error: { code: "host-tool-failed" } });
    expect(messageOf(result)).toContain(says);
    expect(messageOf(result)).not.toContain("/home");
  });

  test.skipIf(process.platform === "win32")(
    "ends with all it started when the run is cancelled",
    async () => {
      const child = "require('fs').writeFileSync('alive',String(process.pid));setInterval(()=>{},1000)";
      const call = scripted(
        `require('child_process').spawn(process.execPath,['-e',${JSON.stringify(child)}]);setInterval(()=>{},1000)`,
      );
      const controller = new AbortController();
      const result = call({}, { signal: controller.signal });
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

describe("the rules of every tool", () => {
  const parameters = {
    type: "object",
    properties: {
      name: { type: "string", pattern: "^[a-z]+$" },
      count: { type: "integer", default: 7, maximum: 9 },
    },
    required: ["name"],
    additionalProperties: false,
  };

  test("arguments fit the schema, with its defaults", async () => {
    const call = scripted(sayInput, { parameters });
    expect(await call({ name: "x" })).toEqual(ok({ name: "x", count: 7 }));
    for (const wrong of [{}, { name: 7 }, { name: "X" }, { name: "x", count: 10 }, { name: "x", other: 1 }]) {
      expect(await call(wrong)).toMatchObject({ ok: false, error: { code: "host-tool-failed" } });
    }
  });

  test("a schema that can't be used is told when the tool is called", async () => {
    const result = await scripted("", { parameters: { $ref: "#/nowhere" } })();
    expect(messageOf(result)).toContain("JSON Schema");
  });

  test("arguments are only so large", async () => {
    const call = scripted(sayInput, { limits: { argumentBytes: 100 } });
    expect(messageOf(await call({ text: "x".repeat(100) }))).toContain("more than 100 bytes");
  });

  test.for<[string, CallRules["limits"] & object, string]>([
    ["in a minute", { callsPerMinute: 2 }, "2 times a minute"],
    ["in a run", { callsPerRun: 2 }, "2 times a run"],
  ])("a tool is called only so often %s", async ([, limits, says]) => {
    const call = scripted("process.stdout.write('1')", { limits });
    const results = [await call(), await call(), await call()];
    expect(results.map((result) => result.ok)).toEqual([true, true, false]);
    expect(results[2]).toMatchObject({
      error: { code: "tool-denied", message: expect.stringContaining(says) },
    });
  });

  test("a tool describes itself by its declaration", async () => {
    const action = { kind: "command", command: ["true"], folder } as const;
    const declared = { tool: { action, description: "Does.", parameters: record } };
    const tools = createHostTools({ tools: declared, allowed: ["tool"] });
    expect(await tools.describe("tool", quiet)).toEqual(ok({ description: "Does.", parameters: record }));
  });
});

describe("approval", () => {
  const script = "process.stdout.write(JSON.stringify(process.argv.slice(1)))";

  test.for<["each" | "once", readonly boolean[], readonly boolean[]]>([
    ["each", [true, false, true], [true, false, true]],
    ["once", [true], [true, true, true]],
    ["once", [false, true], [false, true, true]],
  ])("%s: a person answers %s, calls happen %s", async ([approval, answers, happens]) => {
    const left = [...answers];
    const approve = vi.fn(async () => ok(left.shift() ?? false));
    const call = scripted(script, { approval, arguments: ["--", "{path}"] });
    const outcomes: boolean[] = [];
    for (const path of ["a", "b", "c"]) outcomes.push((await call({ path }, { approve })).ok);
    expect(outcomes).toEqual(happens);
    expect(approve).toHaveBeenCalledTimes(answers.length);
    expect(approve).toHaveBeenNthCalledWith(1, {
      tool: "tool",
      call: { command: [process.execPath, "-e", script, "--", "a"], folder, input: { path: "a" } },
    });
  });

  test("who said no three times is not asked again", async () => {
    const approve = vi.fn(async () => ok(false));
    const call = scripted(script, { approval: "each" });
    for (let count = 0; count < 5; count++) expect((await call({}, { approve })).ok).toBe(false);
    expect(approve).toHaveBeenCalledTimes(3);
  });

  test("what is not allowed is denied", async () => {
    const result = await scripted(script, { approval: "each" })();
    expect(result).toMatchObject({ ok: false, error: { code: "tool-denied" } });
  });
});

describe("a module", () => {
  const source = `
    console.log("printed while it is loaded");
    export const greet = {
      description: "Greets.",
      schema: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
      handler: async ({ name }, context) => { console.log("x"); return { hello: name, context, env: process.env }; },
    };
    export const broken = { handler() { throw new Error("no luck"); } };
    export const endless = { handler: () => new Promise(() => setInterval(() => {}, 1000)) };
    export const loop = { handler() { while (true); } };
    export const leaving = { handler() { process.exit(0); } };
    export const large = { handler: () => "x".repeat(100_000) };
    export const nothing = { handler() {} };
    export const word = "no tool";
  `;
  beforeAll(() => writeFile(join(folder, "tools.mjs"), source));

  const exported = (name: string, rules: CallRules = {}): Call =>
    calling(
      {
        action: {
          kind: "module",
          file: join(folder, "tools.mjs"),
          export: name,
          environment: ["GREETING_TOKEN"],
        },
        ...rules,
      },
      { GREETING_TOKEN: "hello", OPENAI_API_KEY: "secret" },
    );

  test("gives its export's answer, and sees no variable but those it names", async () => {
    const result = await exported("greet")({ name: "Ada" }, { idempotencyKey: "k-1" });
    expect(result).toMatchObject(ok({ hello: "Ada", context: { idempotencyKey: "k-1" } }));
    const { env } = Object(result.ok ? result.value : {});
    expect(Object.keys(env).filter((name) => !name.startsWith("__CF"))).toEqual(["GREETING_TOKEN"]);
  });

  test("is checked against its own schema, and describes itself", async () => {
    expect(messageOf(await exported("greet")({ name: 1 }))).toContain("arguments are wrong");
    const action = { kind: "module", file: join(folder, "tools.mjs"), export: "greet" } as const;
    const tools = createHostTools({ tools: { tool: { action } }, allowed: ["tool"] });
    expect(await tools.describe("tool", quiet)).toMatchObject(
      ok({ description: "Greets.", parameters: { required: ["name"] } }),
    );
  });

  test("that gives nothing gives null", async () => {
    expect(await exported("nothing")()).toEqual(ok(null));
  });

  const timeoutSeconds = 1;
  test.for<[string, CallRules, string]>([
    ["broken", {}, "no luck"],
    ["endless", { timeoutSeconds }, "longer than 1 s"],
    ["loop", { timeoutSeconds }, "longer than 1 s"],
    ["leaving", {}, "without an answer"],
    ["large", { limits: { resultBytes: 1000 } }, "too much"],
    ["word", {}, "no export"],
    ["absent", {}, "no export"],
  ])("whose export is %s fails, and the broker goes on", async ([name, rules, says]) => {
    const described = { description: "", parameters: { type: "object" } };
    const result = await exported(name, { ...described, ...rules })();
    expect(result).toMatchObject({ ok: false, error: { code: "host-tool-failed" } });
    expect(messageOf(result)).toContain(says);
  });
});

describe("a command of the editor", () => {
  const action = { kind: "editor", command: "files.save", arguments: ["{uri}", { all: "{all}" }] } as const;

  test("is executed with its arguments in their places", async () => {
    const execute = vi.fn(async () => ({ saved: true, drop: undefined }));
    const call = calling({ action }, {}, { editor: { execute } });
    expect(await call({ uri: "a", all: true })).toEqual(ok({ saved: true }));
    expect(execute).toHaveBeenCalledWith("files.save", ["a", { all: true }]);
  });

  test("is denied where there is no editor", async () => {
    expect(await calling({ action })()).toMatchObject({
      ok: false,
      error: { code: "tool-denied", message: expect.stringContaining("editor") },
    });
  });

  test.for<[string, () => Promise<unknown>, string]>([
    ["fails", async () => Promise.reject(new Error("no such command")), "no such command"],
    ["never ends", () => new Promise(() => undefined), "longer than 0.2 s"],
    ["gives no data", async () => ({ n: 1n }), "can't hold"],
  ])("that %s is a failure", async ([, execute, says]) => {
    const call = calling({ action, timeoutSeconds: 0.2 }, {}, { editor: { execute } });
    expect(messageOf(await call({ uri: "a" }))).toContain(says);
  });
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
