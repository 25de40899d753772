import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type RunEvent, runEventBody } from "#protocol/events/events.ts";
import { runList, runReport } from "#protocol/reports/run-report.ts";
import { type Desk, type Outcome, openDesk } from "./studio.ts";

const busy = `
local done = require("tactus.tools.done")
add = Tool { description = "Sum", input = { a = field.integer{required = true}, b = field.integer{required = true} },
  function(args) return args.a + args.b end }
clerk = Agent { provider = "openai", model = "gpt-4o-mini", system_prompt = "Add.", tools = { add, done } }
Mocks { clerk = { message = "", temporal = {
  { message = "adding", run_tools = true, tool_calls = { { tool = "add", args = { a = 1, b = 2 } } } },
} } }
Procedure {
  input = { n = field.integer{default = 3} },
  function(input)
    Log.info("begin", { n = input.n })
    local double = Step.checkpoint("double", function() return input.n * 2 end)
    State.set("double", double)
    local answer = clerk({ message = "go", tools = { add } })
    File.write("notes/out.txt", "text")
    local echo = Host.call("host.ping", { value = 1 })
    print("printed")
    return { double = double, text = answer.output, echo = echo.value, empty = {}, list = { 1, 2 } }
  end
}
`;

const embedded = ["--isolation", "embedded"];

function eventsOf({ stdout }: Outcome): RunEvent[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent);
}

function onlyRun(desk: Desk): string {
  const [run = ""] = readdirSync(path.join(desk.folder, ".tactus", "runs")).filter(
    (name) => name !== ".gitignore",
  );
  return run;
}

describe("run --json", () => {
  test("prints the events of the contract, and nothing else", async () => {
    using desk = openDesk({ "busy.tac": busy });
    const outcome = await desk.studio(["run", "busy.tac", "--json", "--input", "n=4", ...embedded]);
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    const events = eventsOf(outcome);
    for (const event of events) expect(runEventBody.safeParse(event).error).toBeUndefined();
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.map(({ time }) => time)).toEqual(events.map(({ time }) => time).toSorted());
    expect(events.map(({ type }) => type)).toEqual([
      "run.started",
      "log",
      "checkpoint",
      "state",
      "turn.started",
      "tool.called",
      "tool.returned",
      "turn.finished",
      "checkpoint",
      "request.made",
      "request.answered",
      "tool.called",
      "request.made",
      "request.answered",
      "tool.returned",
      "checkpoint",
      "output",
      "workspace.changed",
      "run.finished",
    ]);
    expect(events[0]).toMatchObject({
      file: "busy.tac",
      procedure: "main",
      isolation: "embedded",
      manifest: expect.stringMatching(/^[0-9a-f]{64}$/),
      ungranted: [],
      resumed: false,
    });
    expect(events.at(-1)).toMatchObject({
      status: "completed",
      result: { double: 8, text: "adding", echo: 1, list: [1, 2] },
      usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
    });
    expect(events.find(({ type }) => type === "checkpoint")).toMatchObject({
      index: 1,
      at: { file: "busy.tac", line: 13 },
    });
  });

  test("the journal, runs list, runs show and runs events say the same", async () => {
    using desk = openDesk({ "busy.tac": busy });
    const printed = (await desk.studio(["run", "busy.tac", "--json", ...embedded])).stdout;
    const run = onlyRun(desk);
    const journal = path.join(desk.folder, ".tactus", "runs", run, "events.jsonl");
    expect(readFileSync(journal, "utf8")).toBe(printed);
    expect(statSync(journal).mode & 0o077).toBe(0);
    expect(readFileSync(path.join(desk.folder, ".tactus", "runs", ".gitignore"), "utf8")).toBe("*\n");
    expect((await desk.studio(["runs", "events", run])).stdout).toBe(printed);
    const list = runList.parse(JSON.parse((await desk.studio(["runs", "list", "--json"])).stdout));
    expect(list.runs).toMatchObject([{ run, status: "completed", file: "busy.tac" }]);
    const shown = runReport.parse(JSON.parse((await desk.studio(["runs", "show", run, "--json"])).stdout));
    expect(shown).toMatchObject({ run, status: "completed", unreadableLines: 0 });
    expect((await desk.studio(["runs", "show", run])).stdout).toContain("✓ completed");
  });
});

describe("the workspace", () => {
  const writer = 'Procedure { function() File.write("out.txt", "new") return File.read("kept.txt") end }';
  const modes: ReadonlyArray<{
    mode: string[];
    written: boolean;
    changes: object[] | undefined;
    result: unknown;
  }> = [
    { mode: [], written: false, changes: [{ path: "out.txt", kind: "created", bytes: 3 }], result: "kept" },
    {
      mode: ["--workspace", "copy"],
      written: false,
      changes: [{ path: "out.txt", kind: "created", bytes: 3 }],
      result: "kept",
    },
    { mode: ["--workspace", "mount"], written: true, changes: undefined, result: "kept" },
    { mode: ["--workspace", "none"], written: false, changes: undefined, result: undefined },
  ];

  test.for(modes)("$mode", async ({ mode, written, changes, result }) => {
    using desk = openDesk({ "w.tac": writer, "kept.txt": "kept" });
    const events = eventsOf(await desk.studio(["run", "w.tac", "--json", ...embedded, ...mode]));
    expect(readdirSync(desk.folder).includes("out.txt")).toBe(written);
    const changed = events.find((event) => event.type === "workspace.changed");
    expect(changed?.type === "workspace.changed" ? changed.changes : undefined).toEqual(changes);
    const end = events.at(-1);
    expect(end?.type === "run.finished" ? end.result : "no end").toEqual(result);
  });
});

describe("trust", () => {
  const sidecar = `sandbox:
  network: bridge
  timeout: 7200
  image: evil:latest
host_tools:
  allow: [wipe]
  tools:
    wipe: { command: [rm, -rf, /] }
`;
  const caller = 'Procedure { function() return pcall(Host.call, "wipe", {}) end }';

  test("what a sidecar asks for is left out and listed", async () => {
    using desk = openDesk({ "t.tac": caller, "t.tac.yml": sidecar });
    const events = eventsOf(await desk.studio(["run", "t.tac", "--json", ...embedded]));
    expect(events[0]).toMatchObject({
      ungranted: [
        { capability: "network", target: "bridge" },
        { capability: "image", target: "evil:latest" },
        { capability: "limit", target: "time 7200s" },
        { capability: "tool.host", target: "wipe" },
        { capability: "command", target: "rm -rf /" },
      ],
    });
    expect(events.filter(({ type }) => type === "tool.denied")).toMatchObject([
      { tool: "wipe", zone: "host" },
    ]);
  });

  test("--yes grants it, but neither images nor commands on the host", async () => {
    using desk = openDesk({ "t.tac": caller, "t.tac.yml": sidecar.replace("  network: bridge\n", "") });
    const events = eventsOf(await desk.studio(["run", "t.tac", "--json", "--yes", ...embedded]));
    expect(events[0]).toMatchObject({
      ungranted: [{ capability: "image" }, { capability: "command", target: "rm -rf /" }],
    });
    expect(events.filter(({ type }) => type === "tool.denied")).toHaveLength(1);
  });

  test("the manifest follows every byte that decides", async () => {
    const manifestOf = async (files: Readonly<Record<string, string>>): Promise<string> => {
      using desk = openDesk({
        "m.tac": 'local h = require("h")\nProcedure { function() end }',
        "h.tac": "return 1",
        ...files,
      });
      const [start] = eventsOf(await desk.studio(["run", "m.tac", "--json", ...embedded]));
      return start?.type === "run.started" ? start.manifest : "";
    };
    const base = await manifestOf({});
    expect(await manifestOf({})).toBe(base);
    const changes = [
      { "m.tac": 'local h = require("h")\nProcedure { function() end } ' },
      { "h.tac": "return 2" },
      { "m.tac.yml": "sandbox: { timeout: 60 }" },
      { ".tactus/config.yml": "default_model: x" },
    ];
    const manifests = await Promise.all(changes.map(manifestOf));
    expect(new Set([base, ...manifests]).size).toBe(changes.length + 1);
  });
});

test("text of a procedure can't steer the terminal", async () => {
  const hostile =
    'Procedure { function() Log.info("\\27[2J\\27]0;x\\7 \\u{202e}gnp.exe\\r hidden") return "\\27[31m" end }';
  using desk = openDesk({ "h.tac": hostile });
  const { stdout } = await desk.studio(["run", "h.tac", ...embedded]);
  expect(stdout).toContain("gnp.exe");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
});
