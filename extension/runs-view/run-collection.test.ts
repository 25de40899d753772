import { describe, expect, test } from "vitest";
import { noUsage, type RunEvent, type RunEventBody } from "#protocol/events/events.ts";
import type { RunHandle, RunRequest } from "#runs/session/session.ts";
import type { RunNode } from "#runs/tree/run-node.ts";
import { type EarlierRun, type ListedRun, RunCollection } from "./run-collection.ts";

const request: RunRequest = {
  file: "/work/a.tac",
  workspaceRoot: "/work",
  input: {},
  textInput: {},
  mock: false,
  grantAll: false,
};

const started: RunEventBody = {
  type: "run.started",
  run: "2",
  file: "a.tac",
  procedure: "main",
  input: {},
  isolation: "docker",
  manifest: "",
  ungranted: [],
  resumed: false,
};
const finished: RunEventBody = { type: "run.finished", status: "completed", durationMs: 5, usage: noUsage };

/** A handle that is fed by hand, as `RunHandle` promises: what has happened comes first. */
class FedRun implements RunHandle {
  readonly journalFolder = "/work/.tactus/runs/x";
  readonly id: string;
  cancelled = false;
  readonly #end = Promise.withResolvers<Awaited<RunHandle["finished"]>>();
  readonly finished = this.#end.promise;
  readonly #events: RunEvent[] = [];
  readonly #listeners = new Set<(event: RunEvent) => void>();

  constructor(id: string) {
    this.id = id;
  }

  onEvent(listener: (event: RunEvent) => void): () => void {
    for (const event of this.#events) listener(event);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  feed(body: RunEventBody): void {
    const event: RunEvent = { seq: this.#events.length + 1, time: "2026-01-01T00:00:00.000Z", ...body };
    this.#events.push(event);
    for (const listener of this.#listeners) listener(event);
    if (event.type === "run.finished") this.#end.resolve(event);
  }

  cancel(): void {
    this.cancelled = true;
  }
}

function earlier(run: string, events: readonly RunEventBody[]): EarlierRun & { reads: number } {
  return {
    content: { kind: "run", run, state: "completed", file: "b.tac" },
    workspaceRoot: "/work",
    journalFolder: `/work/.tactus/runs/${run}`,
    reads: 0,
    settledChanges: async () => new Map([["kept.txt", "applied"]]),
    async readEvents() {
      this.reads += 1;
      return events.map((body, index) => ({ seq: index + 1, time: "2026-01-01T00:00:00.000Z", ...body }));
    },
  };
}

describe("a run of this editor", () => {
  test("is listed first and followed from its first event to its end", async () => {
    const runs = new RunCollection();
    const changes: (RunNode | undefined)[] = [];
    runs.onChange((node) => changes.push(node));
    const handle = new FedRun("2");
    handle.feed(started);
    const { tree } = runs.follow(handle, request);
    expect(runs.active).toHaveLength(1);
    handle.feed(finished);
    await handle.finished;
    expect(tree.root.content.state).toBe("completed");
    expect(runs.active).toHaveLength(0);
    expect(changes).toEqual([undefined, tree.root, tree.root]);
  });

  test("that is resumed keeps the rows of what happened before", async () => {
    const runs = new RunCollection();
    runs.addEarlier([earlier("2", [])]);
    const handle = new FedRun("2");
    handle.feed({ ...started, resumed: true });
    const before: readonly RunEventBody[] = [
      started,
      { type: "human.requested", request: "q", kind: "input", message: "Who?" },
      { ...finished, status: "waiting" },
      { type: "human.responded", request: "q", value: "Ann", by: "person" },
    ];
    const events = before.map((body, index) => ({
      seq: index + 1,
      time: "2026-01-01T00:00:00.000Z",
      ...body,
    }));
    const { tree } = runs.follow(handle, request, events);
    expect(runs.runs).toHaveLength(1);
    expect(runs.isUnread(tree.root)).toBe(false);
    expect(tree.root.content).toMatchObject({ state: "running", durationMs: undefined });
    expect(tree.root.children.map(({ content }) => content.kind)).toEqual(["human"]);
    handle.feed(finished);
    await handle.finished;
    expect(tree.root.content.state).toBe("completed");
  });

  test("can be cancelled through its row", () => {
    const runs = new RunCollection();
    const handle = new FedRun("2");
    runs.follow(handle, request);
    handle.feed({ type: "log", level: "info", message: "x" });
    const [row] = runs.runs[0]?.tree.root.children ?? [];
    if (row) runs.runOf(row)?.cancel?.();
    expect(handle.cancelled).toBe(true);
  });
});

describe("earlier runs", () => {
  test("stand under newer ones, and none is listed twice", () => {
    const runs = new RunCollection();
    runs.follow(new FedRun("2"), request);
    runs.addEarlier([earlier("3", []), earlier("2", []), earlier("1", [])]);
    expect(runs.runs.map(({ tree }) => tree.root.id)).toEqual(["3", "2", "1"]);
    expect(runs.runs[1]?.request).toBe(request);
  });

  test("that were forked stand under the run that they were made of, when it is listed", () => {
    const runs = new RunCollection();
    const forked = (run: string, from: string): EarlierRun => {
      const { content, ...rest } = earlier(run, []);
      return { ...rest, content: { ...content, forkedFrom: from } };
    };
    runs.addEarlier([earlier("1", []), forked("2", "1"), forked("3", "2"), forked("4", "gone")]);
    const ids = (listed: readonly ListedRun[]): string[] => listed.map(({ tree }) => tree.root.id);
    expect(ids(runs.topRuns)).toEqual(["4", "1"]);
    const [, first] = runs.topRuns;
    const forks = first ? runs.forksOf(first.tree.root) : [];
    expect(ids(forks)).toEqual(["2"]);
    expect(forks[0] && runs.parentOf(forks[0].tree.root)).toBe(first);
  });

  test("are read when somebody opens them, once", async () => {
    const runs = new RunCollection();
    const run = earlier("1", [{ ...started, run: "1" }, { type: "stage", name: "draft" }, finished]);
    runs.addEarlier([run]);
    const root = runs.runs[0]?.tree.root;
    if (!root) throw new Error("not listed");
    expect(runs.isUnread(root)).toBe(true);
    await runs.read(root);
    await runs.read(root);
    expect(run.reads).toBe(1);
    expect(root.children.map(({ content }) => content.kind)).toEqual(["stage"]);
  });

  test("without an end count as interrupted", async () => {
    const runs = new RunCollection();
    const run = earlier("1", [{ ...started, run: "1" }]);
    runs.addEarlier([{ ...run, content: { ...run.content, state: "interrupted" } }]);
    const root = runs.runs[0]?.tree.root;
    if (!root) throw new Error("not listed");
    await runs.read(root);
    expect(root.content.state).toBe("interrupted");
  });
});

test("clearing keeps what runs", () => {
  const runs = new RunCollection();
  const handle = new FedRun("2");
  runs.follow(handle, request);
  runs.addEarlier([earlier("1", [])]);
  runs.clearFinished();
  expect(runs.runs.map(({ tree }) => tree.root.id)).toEqual(["2"]);
});
