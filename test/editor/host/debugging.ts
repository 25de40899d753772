import assert from "node:assert/strict";
import type { DebugProtocol } from "@vscode/debugprotocol";
import * as vscode from "vscode";
import { extensionApi, fileOf } from "./extension-under-test.ts";
import { until } from "./poll.ts";

/** What the adapter said to the editor, in order. */
const said: DebugProtocol.ProtocolMessage[] = [];

function stops(): readonly DebugProtocol.StoppedEvent[] {
  return said.filter(
    (message): message is DebugProtocol.StoppedEvent => "event" in message && message.event === "stopped",
  );
}

/** Waits for one more stop than there were. */
async function stopAfter(act: () => unknown): Promise<DebugProtocol.StoppedEvent> {
  const before = stops().length;
  await act();
  return until("a stop", () => stops()[before]);
}

async function session(): Promise<vscode.DebugSession> {
  return until("a debug session", () => vscode.debug.activeDebugSession);
}

async function topFrame(): Promise<DebugProtocol.StackFrame> {
  const stack: DebugProtocol.StackTraceResponse["body"] = await (await session()).customRequest(
    "stackTrace",
    {
      threadId: 1,
    },
  );
  const [top] = stack.stackFrames;
  assert.ok(top);
  return top;
}

async function scope(name: string): Promise<Record<string, string>> {
  const debugged = await session();
  const { scopes }: DebugProtocol.ScopesResponse["body"] = await debugged.customRequest("scopes", {
    frameId: (await topFrame()).id,
  });
  const found = scopes.find((one) => one.name === name);
  const { variables }: DebugProtocol.VariablesResponse["body"] = await debugged.customRequest("variables", {
    variablesReference: found?.variablesReference ?? 0,
  });
  return Object.fromEntries(variables.map((variable) => [variable.name, variable.value]));
}

async function ended(): Promise<void> {
  await until("the end of the session", () => vscode.debug.activeDebugSession === undefined);
}

describe("the debugger in the editor", () => {
  const tracking = vscode.debug.registerDebugAdapterTrackerFactory("tactus", {
    createDebugAdapterTracker: () => ({ onDidSendMessage: (message) => said.push(message) }),
  });
  after(() => tracking.dispose());
  afterEach(async () => {
    await vscode.debug.stopDebugging();
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
  });

  function breakAt(line: number): void {
    const place = new vscode.Location(fileOf("desk.tac"), new vscode.Position(line - 1, 0));
    vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(place)]);
  }

  it("debugs the open file on F5 without a launch.json, stops at a breakpoint, and goes back and on", async () => {
    await extensionApi();
    await vscode.window.showTextDocument(fileOf("desk.tac"));
    breakAt(40);
    const stop = await stopAfter(() => vscode.commands.executeCommand("workbench.action.debug.start"));
    assert.equal(stop.body.reason, "breakpoint");
    assert.equal((await topFrame()).line, 40);
    assert.equal((await scope("Locals"))["today"], '"Monday"');
    await until("the line in the editor", () => vscode.debug.activeStackItem !== undefined);
    await stopAfter(() => vscode.commands.executeCommand("workbench.action.debug.stepBack"));
    assert.match((await topFrame()).name, /^turn/);
    await stopAfter(() => vscode.commands.executeCommand("workbench.action.debug.stepOver"));
    assert.equal((await topFrame()).line, 40);
    await vscode.commands.executeCommand("workbench.action.debug.continue");
    await ended();
    const { runs } = await extensionApi();
    assert.equal(runs.runs[0]?.tree.root.content.state, "completed");
  });

  it("opens a run of the Runs view at a checkpoint", async () => {
    const { runs } = await extensionApi();
    const run = runs.runs[0]?.tree.root;
    const checkpoint = run?.children.find(({ content }) => content.kind === "checkpoint");
    assert.ok(checkpoint);
    await stopAfter(() => vscode.commands.executeCommand("tactus.debugFrom", checkpoint));
    assert.match((await topFrame()).name, /^step/);
    assert.equal((await scope("Checkpoint 1"))["value"], '"Monday"');
    assert.deepEqual(runs.active, []);
  });

  it("starts in one click, and stopping ends the run", async () => {
    const { runs } = await extensionApi();
    breakAt(39);
    await stopAfter(() => vscode.commands.executeCommand("tactus.debug", fileOf("desk.tac")));
    assert.equal(runs.active.length, 1);
    await vscode.debug.stopDebugging();
    await ended();
    await until("the end of the run", () => runs.active.length === 0);
  });

  it("starts nothing for a launch.json that names a workspace which is not open", async () => {
    const elsewhere = { type: "tactus", request: "launch", name: "elsewhere", cwd: "/" };
    const program = fileOf("desk.tac").fsPath;
    const { runs } = await extensionApi();
    const before = runs.runs.length;
    const started = vscode.debug.startDebugging(undefined, { ...elsewhere, program });
    assert.equal(await started, false);
    assert.equal(runs.runs.length, before);
  });
});
