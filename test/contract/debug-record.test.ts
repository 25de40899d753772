import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunEvent } from "#protocol/events/events.ts";
import { DeskDebugClient } from "#test/support/debug-client.ts";
import { startEffectServer } from "#test/support/effect-server.ts";
import { type Desk, openDesk } from "./studio.ts";

const procedure = `Procedure {
    input = {start = field.integer{default = 1}},
    output = {total = field.integer{required = true}},
    function(input)
        state.total = Step.checkpoint("first", function() return input.start + 1 end)
        state.total = Step.checkpoint("second", function() return state.total * 10 end)
        if state.total > 10 then
            error("too much: " .. state.total)
        end
        return {total = state.total}
    end,
}
`;

describe("a run of the past", () => {
  let desk: Desk;
  let run: string;
  let journal: string;

  beforeAll(async () => {
    desk = openDesk({ "sum.tac": procedure });
    const { stdout } = await desk.studio([
      "run",
      "sum.tac",
      "--isolation",
      "embedded",
      "--input-json",
      `{"start":1}`,
      "--json",
    ]);
    const [first] = stdout.split("\n");
    run = JSON.parse(first ?? "").run;
    journal = path.join(desk.folder, ".tactus/runs", run, "events.jsonl");
  });
  afterAll(() => desk[Symbol.dispose]());

  /** A client that stands at the checkpoint where the run was opened. */
  async function opened(launch: object = {}): Promise<DeskDebugClient> {
    const client = new DeskDebugClient(desk);
    const stopped = client.waitForEvent("stopped");
    await client.launched({ run, ...launch });
    await stopped;
    return client;
  }

  async function moved(client: DeskDebugClient, request: Promise<unknown>): Promise<string> {
    const stopped = client.waitForEvent("stopped");
    await request;
    const { body } = await stopped;
    return `${body.reason} ${await place(client)}`;
  }

  async function place(client: DeskDebugClient): Promise<string> {
    const { body } = await client.stackTraceRequest({ threadId: 1 });
    const [top] = body.stackFrames;
    // Behind the comma stands in which function, where a sandbox knows it.
    return `${top?.name.split(",")[0]}:${top?.line}`;
  }

  /** A scope of the topmost frame, as name and value. */
  async function scope(client: DeskDebugClient, name: string): Promise<Record<string, string>> {
    const { body } = await client.stackTraceRequest({ threadId: 1 });
    const { body: found } = await client.scopesRequest({ frameId: body.stackFrames[0]?.id ?? 0 });
    const reference = found.scopes.find((one) => one.name === name)?.variablesReference ?? 0;
    const { body: variables } = await client.variablesRequest({ variablesReference: reference });
    return Object.fromEntries(variables.variables.map((variable) => [variable.name, variable.value]));
  }

  test("is opened at its last checkpoint, with the values of that moment", async () => {
    const client = await opened();
    expect(await place(client)).toBe("step second:6");
    expect(await scope(client, "Checkpoint 2")).toMatchObject({
      kind: '"step"',
      name: '"second"',
      value: "20",
    });
    expect(await scope(client, "State")).toEqual({ total: "2" });
    expect(await scope(client, "Changed Here")).toEqual({ total: "{before = nil, now = 2}" });
    expect(await scope(client, "Input")).toEqual({ start: "1" });
    expect(await scope(client, "Locals")).toMatchObject({ input: expect.stringContaining("start = 1") });
    expect(await client.leave()).toBe(0);
  });

  test("goes back and forth over its checkpoints, to its error", async () => {
    const client = await opened();
    const thread = { threadId: 1 };
    expect(await moved(client, client.stepBackRequest(thread))).toBe("step step first:5");
    expect(await moved(client, client.stepBackRequest(thread))).toBe("step start of the run:1");
    await expect(client.stepBackRequest(thread)).rejects.toThrow("start of the run");
    expect(await moved(client, client.nextRequest(thread))).toBe("step step first:5");
    expect(await moved(client, client.continueRequest(thread))).toBe("exception the error:8");
    const { body } = await client.exceptionInfoRequest(thread);
    expect(body).toMatchObject({
      breakMode: "unhandled",
      description: expect.stringContaining("too much: 20"),
    });
    expect(await moved(client, client.reverseContinueRequest(thread))).toBe("step step second:6");
    await client.leave();
  });

  test("stops at breakpoints in both directions, and goes to checkpoints by line and by frame", async () => {
    const client = await opened();
    const source = { path: path.join(desk.folder, "sum.tac") };
    const set = await client.setBreakpointsRequest({ source, breakpoints: [{ line: 4 }, { line: 9 }] });
    expect(set.body.breakpoints).toMatchObject([
      { verified: true, line: 5 },
      { verified: false, line: 9 },
    ]);
    expect(await moved(client, client.reverseContinueRequest({ threadId: 1 }))).toBe(
      "breakpoint step first:5",
    );
    const { body } = await client.gotoTargetsRequest({ source, line: 6 });
    expect(body.targets).toMatchObject([{ label: "checkpoint 2: step second", line: 6 }]);
    const target = { threadId: 1, targetId: body.targets[0]?.id ?? 0 };
    expect(await moved(client, client.gotoRequest(target))).toBe("goto step second:6");
    const stack = await client.stackTraceRequest({ threadId: 1 });
    const frameId = stack.body.stackFrames.at(-1)?.id ?? 0;
    expect(await moved(client, client.restartFrameRequest({ frameId }))).toBe("goto start of the run:1");
    await client.leave();
  });

  test("needs nothing but its journal", async () => {
    const alone = openDesk({ [`.tactus/runs/${run}/events.jsonl`]: readFileSync(journal, "utf8") });
    const client = new DeskDebugClient(alone, { PATH: path.dirname(process.execPath) });
    const stopped = client.waitForEvent("stopped");
    await client.launched({ run });
    await stopped;
    expect(await place(client)).toBe("step second:6");
    expect(await scope(client, "Locals")).toEqual({});
    const evaluate = async (expression: string, context = "watch"): Promise<string> =>
      (await client.evaluateRequest({ expression, context })).body.result;
    expect(await evaluate("state.total")).toBe("2");
    expect(await evaluate("input", "clipboard")).toBe('{\n  "start": 1\n}');
    await expect(evaluate("error('x')")).rejects.toThrow("no code runs");
    await client.leave();
    alone[Symbol.dispose]();
  });

  test.for([
    [{ run: "../../etc" }, "no run"],
    [{ run: "20200101-000000-000000" }, "can't be read"],
    [{}, "Name what to debug"],
    [{ program: 3 }, "'program'"],
  ] as const)("says what is wrong with %j", async ([launch, message]) => {
    const client = new DeskDebugClient(desk);
    await client.initializeRequest();
    await expect(client.launchRequest(launch as never)).rejects.toThrow(message);
    await client.leave();
  });

  test("is run on from a checkpoint with the code as it is now, and stays as it was", async () => {
    const before = readFileSync(journal);
    writeFileSync(path.join(desk.folder, "sum.tac"), procedure.replace("> 10", "> 1000"));
    const client = await opened({ noDebug: true });
    const terminated = client.waitForEvent("terminated");
    await client.restartRequest({});
    await terminated;
    expect(client.events.find(({ event }) => event === "exited")?.body).toEqual({ exitCode: 0 });
    expect(client.output("console")).toContain("completed: {total = 20}");
    await client.leave();
    expect(readFileSync(journal)).toEqual(before);
    const { stdout } = await desk.studio(["runs", "list", "--json"]);
    const forked = JSON.parse(stdout).runs.find((one: { run: string }) => one.run !== run);
    const events = readFileSync(journal.replace(run, forked.run), "utf8").trim().split("\n");
    const started: RunEvent = JSON.parse(events[0] ?? "");
    expect(started).toMatchObject({
      type: "run.started",
      run: forked.run,
      forkedFrom: { run, checkpoint: 2 },
    });
    const steps = events
      .map((line): RunEvent => JSON.parse(line))
      .filter(({ type }) => type === "checkpoint");
    expect(steps.map((event) => "replayed" in event && event.replayed)).toEqual([false, false, true, true]);
    rmSync(path.join(desk.folder, ".tactus/runs", forked.run), { recursive: true });
  });
});

test("going back and on calls nothing: effects are counted where they arrive", async () => {
  const effects = await startEffectServer();
  using desk = openDesk({
    "home/.tactus/config.yml": effects.config,
    "calls.tac": `tell = Tool {
    description = "Tells the server",
    input = {name = field.string{required = true}},
    function(args) return Host.call("effect", {name = args.name}) end
}

Procedure {
    output = {},
    function()
        for index = 1, 3 do
            tell({name = "effect-" .. index})
        end
        return {}
    end,
}
`,
  });
  const client = new DeskDebugClient(desk);
  const stopped = client.waitForEvent("stopped");
  const initialized = client.waitForEvent("initialized");
  const program = path.join(desk.folder, "calls.tac");
  const launched = client.launch({ program, isolation: "embedded" });
  await Promise.race([initialized, launched]);
  await client.setBreakpointsRequest({ source: { path: program }, breakpoints: [{ line: 13 }] });
  await client.configurationDoneRequest();
  await stopped;
  expect(effects.sent()).toBe(3);
  const lines: (number | undefined)[] = [];
  for (const request of ["stepBack", "stepBack", "stepBack", "next", "reverseContinue"]) {
    const moved = client.waitForEvent("stopped");
    await client.customRequest(request, { threadId: 1 });
    await moved;
    const { body } = await client.stackTraceRequest({ threadId: 1 });
    lines.push(body.stackFrames[0]?.line);
  }
  expect(lines).toEqual([11, 11, 11, 11, 11]);
  expect(effects.sent()).toBe(3);
  await client.leave();
  effects.dispose();
});
