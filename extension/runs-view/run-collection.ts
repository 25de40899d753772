import type { RunEvent } from "#protocol/events/events.ts";
import type { RunHandle, RunRequest } from "#runs/session/session.ts";
import { type ChangeContent, type RunContent, type RunNode, runOf } from "#runs/tree/run-node.ts";
import { RunTree } from "#runs/tree/run-tree.ts";

/** One run of the Runs view: under way in this editor, or read from its journal. */
export interface ListedRun {
  readonly tree: RunTree;
  readonly workspaceRoot: string;
  readonly journalFolder: string;
  /** What started it, when this editor did. */
  readonly request?: RunRequest;
  /** Ends a run of this editor. */
  readonly cancel?: () => void;
  /** Settles when a run of this editor has ended. */
  readonly finished?: Promise<unknown>;
}

/** A run as its journal's ends tell it; the events between are read when somebody looks. */
export interface EarlierRun {
  readonly content: RunContent;
  readonly workspaceRoot: string;
  readonly journalFolder: string;
  readEvents(): Promise<readonly RunEvent[]>;
  /** What the person has decided about its file changes. */
  settledChanges(): Promise<SettledChanges>;
}

/** Decisions about changed files, by their paths. */
export type SettledChanges = ReadonlyMap<string, ChangeContent["settled"]>;

/**
 * The runs that the editor shows, newest first: the one place that views, status bar and commands read. Listeners
 * get the lowest node that changed, or undefined when the list itself did.
 */
export class RunCollection {
  #runs: ListedRun[] = [];
  readonly #unread = new Map<string, EarlierRun>();
  readonly #listeners = new Set<(changed: RunNode | undefined) => void>();

  get runs(): readonly ListedRun[] {
    return this.#runs;
  }

  /** Runs of this editor that have not ended. */
  get active(): readonly ListedRun[] {
    return this.#runs.filter(({ tree, cancel }) => cancel && tree.root.content.state === "running");
  }

  /** Runs that don't stand under another: a fork stands under the run that it was made of. */
  get topRuns(): readonly ListedRun[] {
    return this.#runs.filter((run) => !this.parentOf(run.tree.root));
  }

  forksOf(run: RunNode): readonly ListedRun[] {
    return this.#runs.filter(({ tree }) => tree.root.content.forkedFrom === run.id);
  }

  /** The run that a fork was made of, when it is listed. */
  parentOf({ content }: RunNode): ListedRun | undefined {
    if (content.kind !== "run" || content.forkedFrom === undefined) return undefined;
    return this.#runs.find(({ tree }) => tree.root.id === content.forkedFrom);
  }

  /** Calls the listener at each change; gives back what ends that. */
  onChange(listener: (changed: RunNode | undefined) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Shows a run from its first event to its last; `earlier` is what happened before it was resumed. */
  follow(handle: RunHandle, request: RunRequest, earlier: readonly RunEvent[] = []): ListedRun {
    const tree = new RunTree(handle.id);
    for (const event of earlier) tree.apply(event);
    this.#unread.delete(handle.id);
    const { workspaceRoot } = request;
    const run: ListedRun = {
      tree,
      request,
      workspaceRoot,
      journalFolder: handle.journalFolder,
      cancel: () => handle.cancel(),
      finished: handle.finished,
    };
    this.#runs = [run, ...this.#runs.filter((other) => other.tree.root.id !== handle.id)];
    this.#changed(undefined);
    const stop = handle.onEvent((event) => {
      const changed = tree.apply(event);
      if (changed) this.#changed(changed);
    });
    void handle.finished.then(stop);
    return run;
  }

  /** Adds runs of earlier sessions under those that are already listed. */
  addEarlier(earlier: readonly EarlierRun[]): void {
    const known = new Set(this.#runs.map(({ tree }) => tree.root.id));
    for (const run of earlier.filter(({ content }) => !known.has(content.run))) {
      const tree = new RunTree(run.content.run);
      Object.assign(tree.root.content, run.content);
      this.#unread.set(run.content.run, run);
      this.#runs.push({ tree, workspaceRoot: run.workspaceRoot, journalFolder: run.journalFolder });
    }
    this.#runs.sort((a, b) => (a.tree.root.id < b.tree.root.id ? 1 : -1));
    this.#changed(undefined);
  }

  /** True while the events of an earlier run have not been read. */
  isUnread(run: RunNode): boolean {
    return this.#unread.has(run.id);
  }

  /** Reads the events of an earlier run into its tree; does nothing the second time. */
  async read(run: RunNode): Promise<void> {
    const earlier = this.#unread.get(run.id);
    const listed = this.#runs.find(({ tree }) => tree.root === run);
    if (!earlier || !listed) return;
    this.#unread.delete(run.id);
    const { state } = listed.tree.root.content;
    const settled = await earlier.settledChanges();
    for (const event of await earlier.readEvents()) listed.tree.apply(event);
    listed.tree.settleChanges(settled);
    if (state !== "running") listed.tree.closeUnfinished();
  }

  /** Shows what the person has decided about the file changes of a run. */
  settleChanges({ tree }: ListedRun, settled: SettledChanges): void {
    tree.settleChanges(settled);
    this.#changed(tree.root);
  }

  /** The run that a node belongs to. */
  runOf(node: RunNode): ListedRun | undefined {
    const root = runOf(node);
    return this.#runs.find(({ tree }) => tree.root === root);
  }

  /** Takes the runs that have ended out of the list; their journals stay. */
  clearFinished(): void {
    this.#runs = this.#runs.filter(({ tree }) => tree.root.content.state === "running");
    const kept = new Set(this.#runs.map(({ tree }) => tree.root.id));
    for (const id of this.#unread.keys()) if (!kept.has(id)) this.#unread.delete(id);
    this.#changed(undefined);
  }

  #changed(node: RunNode | undefined): void {
    for (const listener of this.#listeners) listener(node);
  }
}
