import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DeskDebugClient } from "#test/support/debug-client.ts";
import { type Desk, openDesk } from "./studio.ts";

const files = {
  "desk.tac": `local prices = require("prices")

find_order = Tool {
    description = "Finds an order",
    input = {number = field.string{required = true}},
    function(args)
        local order = {number = args.number, price = prices.of(args.number)}
        return order
    end
}

Procedure {
    input = {numbers = field.array{default = {"A", "B", "C"}}},
    output = {total = field.integer{required = true}},
    function(input)
        local total = 0
        for index, number in ipairs(input.numbers) do
            local order = find_order({number = number})
            total = total + order.price

            state.total = total
        end
        local doubled = Step.checkpoint("double", function() return total * 2 end)
        local ok, message = pcall(error, "caught")
        return {total = doubled}
    end,
}
`,
  "prices.tac": `local prices = {}

function prices.of(number)
    local price = #number * 10
    return price
end

return prices
`,
  "fails.tac": `Procedure {
    output = {},
    function()
        local reason = "nothing works"
        error(reason)
    end,
}
`,
  "asks.tac": `Procedure {
    output = {sent = field.boolean{required = true}},
    function()
        local sent = Human.approve({message = "Send it?"})
        return {sent = sent}
    end,
}
`,
};

describe("the debug adapter", () => {
  let desk: Desk;
  beforeAll(() => {
    desk = openDesk(files);
  });
  afterAll(() => desk[Symbol.dispose]());

  const fileOf = (name: string): string => path.join(desk.folder, name);
  const launchOf = (name: string, more: object = {}): object => ({
    program: fileOf(name),
    isolation: "embedded",
    ...more,
  });

  interface Breakpoints {
    readonly lines?: readonly {
      readonly line: number;
      readonly condition?: string;
      readonly hitCondition?: string;
      readonly logMessage?: string;
    }[];
    readonly names?: readonly string[];
    readonly exceptions?: readonly string[];
    readonly state?: readonly string[];
  }

  /** Launches with breakpoints in `desk.tac` or another file, up to the first stop or the end. */
  async function started(
    name: string,
    wanted: Breakpoints = {},
    more: object = {},
  ): Promise<DeskDebugClient> {
    const client = new DeskDebugClient(desk);
    const initialized = client.waitForEvent("initialized");
    const launched = client.launch(launchOf(name, more));
    await Promise.race([initialized, launched]);
    if (wanted.lines)
      await client.setBreakpointsRequest({ source: { path: fileOf(name) }, breakpoints: [...wanted.lines] });
    if (wanted.names)
      await client.setFunctionBreakpointsRequest({ breakpoints: wanted.names.map((one) => ({ name: one })) });
    if (wanted.state)
      await client.customRequest("setDataBreakpoints", {
        breakpoints: wanted.state.map((dataId) => ({ dataId })),
      });
    await client.setExceptionBreakpointsRequest({ filters: [...(wanted.exceptions ?? [])] });
    const halted = Promise.race([client.waitForEvent("stopped"), client.waitForEvent("terminated")]);
    await client.configurationDoneRequest();
    await halted;
    await launched;
    return client;
  }

  async function place(client: DeskDebugClient): Promise<string> {
    const { body } = await client.stackTraceRequest({ threadId: 1 });
    const [top] = body.stackFrames;
    return `${path.basename(top?.source?.path ?? "")}:${top?.line}`;
  }

  async function moved(client: DeskDebugClient, request: Promise<unknown>): Promise<string> {
    const halted = Promise.race([client.waitForEvent("stopped"), client.waitForEvent("terminated")]);
    await request;
    const { event, body } = await halted;
    return event === "terminated" ? event : `${body.reason} ${await place(client)}`;
  }

  async function scope(
    client: DeskDebugClient,
    name: string,
  ): Promise<{ reference: number; values: Record<string, string> }> {
    const { body } = await client.stackTraceRequest({ threadId: 1 });
    const { body: found } = await client.scopesRequest({ frameId: body.stackFrames[0]?.id ?? 0 });
    const reference = found.scopes.find((one) => one.name === name)?.variablesReference ?? 0;
    const { body: variables } = await client.variablesRequest({ variablesReference: reference });
    return { reference, values: Object.fromEntries(variables.variables.map((one) => [one.name, one.value])) };
  }

  async function evaluate(client: DeskDebugClient, expression: string, context: string): Promise<string> {
    const { body } = await client.stackTraceRequest({ threadId: 1 });
    const frameId = body.stackFrames[0]?.id ?? 0;
    return (await client.evaluateRequest({ expression, frameId, context })).body.result;
  }

  test("hits a breakpoint as the client of the protocol's own test support asks for it", async () => {
    const client = new DeskDebugClient(desk);
    await client.hitBreakpoint(launchOf("desk.tac"), { path: fileOf("desk.tac"), line: 19 });
    await client.leave();
  });

  test("moves a breakpoint to the next line with code, also in a module", async () => {
    const client = new DeskDebugClient(desk);
    await client.hitBreakpoint(
      launchOf("desk.tac"),
      { path: fileOf("desk.tac"), line: 20 },
      { path: fileOf("desk.tac"), line: 21 },
      { path: fileOf("desk.tac"), line: 21 },
    );
    await client.leave();
    const second = new DeskDebugClient(desk);
    await second.hitBreakpoint(launchOf("desk.tac"), { path: fileOf("prices.tac"), line: 4 });
    await second.leave();
  });

  test("stops at the first line on entry, and runs to the end without a stop", async () => {
    const client = await started("desk.tac", {}, { stopOnEntry: true });
    expect(await place(client)).toBe("desk.tac:1");
    expect(await moved(client, client.continueRequest({ threadId: 1 }))).toBe("terminated");
    expect(client.events.find(({ event }) => event === "exited")?.body).toEqual({ exitCode: 0 });
    expect(client.output("console")).toContain("completed: {total = 60}");
    await client.leave();
  });

  test("keeps conditions, counts and log points", async () => {
    const client = await started("desk.tac", {
      lines: [
        { line: 18, logMessage: "number {number}" },
        { line: 19, condition: "number == 'B'" },
        { line: 21, hitCondition: "3" },
      ],
    });
    expect(await place(client)).toBe("desk.tac:19");
    expect((await scope(client, "Locals")).values).toMatchObject({ index: "2", number: '"B"', total: "10" });
    expect(await moved(client, client.continueRequest({ threadId: 1 }))).toBe("breakpoint desk.tac:21");
    expect((await scope(client, "Locals")).values).toMatchObject({ index: "3" });
    expect(client.output("console")).toContain("number A\nnumber B\nnumber C\n");
    await client.leave();
  });

  test("steps over, into a tool and a module, and out", async () => {
    const client = await started("desk.tac", { lines: [{ line: 16 }] });
    const thread = { threadId: 1 };
    expect(await moved(client, client.nextRequest(thread))).toBe("step desk.tac:17");
    expect(await moved(client, client.nextRequest(thread))).toBe("step desk.tac:18");
    expect(await moved(client, client.stepInRequest(thread))).toBe("step desk.tac:7");
    expect(await moved(client, client.stepInRequest(thread))).toBe("step prices.tac:4");
    expect(await moved(client, client.stepOutRequest(thread))).toMatch(/^step desk\.tac:[78]$/);
    await client.leave();
  });

  test("stops before a tool, whose arguments can be changed", async () => {
    const client = await started("desk.tac", { names: ["tool:find_order"] });
    const { reference, values } = await scope(client, "Arguments of find_order");
    expect(values).toEqual({ number: '"A"' });
    await client.setVariableRequest({ variablesReference: reference, name: "number", value: '"AAAA"' });
    await client.setFunctionBreakpointsRequest({ breakpoints: [] });
    expect(await moved(client, client.continueRequest({ threadId: 1 }))).toBe("terminated");
    expect(client.output("console")).toContain("completed: {total = 120}");
    await client.leave();
  });

  test("offers what a line leads into, says where breakpoints can be, and which files were loaded", async () => {
    const client = await started("desk.tac", { lines: [{ line: 18 }] });
    const { body } = await client.stackTraceRequest({ threadId: 1 });
    const frameId = body.stackFrames[0]?.id ?? 0;
    const { targets } = (await client.stepInTargetsRequest({ frameId })).body;
    expect(targets.map(({ label }) => label)).toEqual(["find_order"]);
    const into = client.customRequest("stepIn", { threadId: 1, targetId: targets[0]?.id });
    expect(await moved(client, into)).toMatch(/^function breakpoint desk\.tac:18$/);
    const source = { path: fileOf("desk.tac") };
    const places = await client.customRequest("breakpointLocations", { source, line: 19, endLine: 21 });
    expect(places.body.breakpoints).toEqual([{ line: 19 }, { line: 21 }]);
    const sources = await client.customRequest("loadedSources", {});
    const names = sources.body.sources.map(({ name }: { name: string }) => name);
    expect(names.sort()).toEqual(["desk.tac", "prices.tac"]);
    const data = await client.customRequest("dataBreakpointInfo", { name: "state.total" });
    expect(data.body).toMatchObject({ dataId: "total" });
    await client.leave();
  });

  test("counts lines as its client does", async () => {
    const client = new DeskDebugClient(desk);
    await client.initializeRequest({ adapterID: "tactus", linesStartAt1: false, pathFormat: "path" });
    const initialized = client.waitForEvent("initialized");
    const launched = client.launchRequest(launchOf("desk.tac") as never);
    await initialized;
    const source = { path: fileOf("desk.tac") };
    const set = await client.setBreakpointsRequest({ source, breakpoints: [{ line: 19 }] });
    expect(set.body.breakpoints[0]).toMatchObject({ verified: true, line: 20 });
    const stopped = client.waitForEvent("stopped");
    await client.configurationDoneRequest();
    await Promise.all([stopped, launched]);
    expect(await place(client)).toBe("desk.tac:20");
    await client.leave();
  });

  test("stops when a key of the state is set, and before a checkpoint", async () => {
    const client = await started("desk.tac", { state: ["total"], names: ["checkpoint:double"] });
    const thread = { threadId: 1 };
    expect((await scope(client, "State")).values).toMatchObject({ total: "10" });
    await client.customRequest("setDataBreakpoints", { breakpoints: [] });
    expect(await moved(client, client.continueRequest(thread))).toBe("breakpoint desk.tac:23");
    await client.leave();
  });

  test("evaluates in a frame, changes nothing for a hover, and sets values", async () => {
    const client = await started("desk.tac", { lines: [{ line: 19 }] });
    expect(await evaluate(client, "order.number .. total", "watch")).toBe('"A0"');
    await expect(evaluate(client, "rawset(order, 'x', 1)", "hover")).rejects.toThrow();
    const locals = await scope(client, "Locals");
    await client.setVariableRequest({ variablesReference: locals.reference, name: "total", value: "1000" });
    expect(await evaluate(client, "total", "repl")).toBe("1000");
    const frameId = (await client.stackTraceRequest({ threadId: 1 })).body.stackFrames[0]?.id ?? 0;
    const set = { expression: "order.price", value: "7", frameId };
    const { body } = await client.customRequest("setExpression", set);
    expect(body).toMatchObject({ value: "7" });
    const hex = await client.variablesRequest({
      variablesReference: locals.reference,
      format: { hex: true },
    });
    expect(hex.body.variables.find(({ name }) => name === "total")?.value).toBe("0x3e8");
    const completions = await client.completionsRequest({ text: "tot", column: 4, frameId });
    expect(completions.body.targets.map(({ label }) => label)).toContain("total");
    await client.leave();
  });

  test("stops at an error that nothing catches, and says what it is", async () => {
    const client = await started("fails.tac", { exceptions: ["uncaught"] });
    expect(await place(client)).toBe("fails.tac:5");
    const { body } = await client.exceptionInfoRequest({ threadId: 1 });
    expect(body).toMatchObject({
      breakMode: "unhandled",
      description: expect.stringContaining("nothing works"),
    });
    expect(await moved(client, client.continueRequest({ threadId: 1 }))).toBe("terminated");
    expect(client.events.find(({ event }) => event === "exited")?.body).toEqual({ exitCode: 1 });
    await client.leave();
  });

  test("goes back to checkpoints and returns to where the run stands", async () => {
    const client = await started("desk.tac", { lines: [{ line: 25 }] });
    const thread = { threadId: 1 };
    expect(await moved(client, client.stepBackRequest(thread))).toBe("step desk.tac:23");
    expect(await moved(client, client.reverseContinueRequest(thread))).toMatch(/^step desk\.tac:\d+$/);
    expect(await moved(client, client.nextRequest(thread))).toBe("step desk.tac:23");
    expect(await moved(client, client.nextRequest(thread))).toBe("step desk.tac:25");
    expect((await scope(client, "Locals")).values).toMatchObject({ doubled: "60" });
    await client.leave();
  });

  test("restarts with the same breakpoints, pauses, and leaves nothing behind", async () => {
    const client = await started("desk.tac", { lines: [{ line: 23 }] });
    expect(await moved(client, client.restartRequest({}))).toBe("breakpoint desk.tac:23");
    await client.terminateRequest();
    expect(await client.leave()).toBe(0);
  });

  test("shows a question as a thread that waits, and takes its answer from the console", async () => {
    const client = await started("asks.tac");
    const { body } = await client.threadsRequest();
    const question = body.threads.find(({ name }) => name.includes("Send it?"));
    expect(question).toBeDefined();
    const stack = await client.stackTraceRequest({ threadId: question?.id ?? 0 });
    expect(stack.body.stackFrames[0]).toMatchObject({ line: 4 });
    const frameId = stack.body.stackFrames[0]?.id ?? 0;
    const terminated = client.waitForEvent("terminated");
    await client.evaluateRequest({ expression: "true", frameId, context: "repl" });
    await terminated;
    expect(client.output("console")).toContain("completed: {sent = true}");
    await client.leave();
  });

  test("a run that waits for a person is left waiting", async () => {
    const client = await started("asks.tac");
    await client.disconnectRequest({ suspendDebuggee: true });
    client.adapter.stdin.end();
    const { stdout } = await desk.studio(["runs", "list", "--json"]);
    const waiting = JSON.parse(stdout).runs.filter((run: { status: string }) => run.status === "waiting");
    expect(waiting).toHaveLength(1);
  });
});
