import { isJsonObject, type Json } from "#common/json.ts";
import type { RunEvent, RunEventOf } from "#protocol/events/events.ts";
import type {
  ChangeContent,
  HumanContent,
  NodeContent,
  RunContent,
  RunNode,
  ToolContent,
  TurnContent,
} from "./run-node.ts";

/** Streamed text and output kept for the screen; the journal has all of it. */
const longestText = 64 * 1024;

/** How many children one level shows at once; more are grouped in parts of this size. */
const widestLevel = 500;

/**
 * The tree of one run, grown by its events in their order. It is the only state of the Runs view, and holds nothing
 * that the journal does not have. Events inside a turn or a tool call stand under it: what is open when an event
 * without a turn of its own arrives is what caused it.
 */
export class RunTree {
  readonly root: RunNode<RunContent>;
  readonly #turns = new Map<number, RunNode<TurnContent>>();
  readonly #tools = new Map<number, RunNode<ToolContent>>();
  readonly #questions = new Map<string, RunNode<HumanContent>>();
  readonly #changed: RunNode<ChangeContent>[] = [];
  readonly #open: RunNode[] = [];
  #state: RunNode | undefined;
  #added = 0;

  constructor(run: string) {
    this.root = {
      id: run,
      parent: undefined,
      content: { kind: "run", run, state: "running" },
      children: [],
    };
  }

  /** Takes in one event; gives back the lowest node whose row or children changed. Unknown events change nothing. */
  apply(event: RunEvent): RunNode | undefined {
    switch (event.type) {
      case "run.started":
        return this.#runStarted(event);
      case "run.finished":
        return this.#runFinished(event);
      case "turn.started":
        return this.#turnStarted(event);
      case "turn.delta":
        return this.#turnDelta(event);
      case "turn.finished":
        return this.#turnFinished(event);
      case "tool.called":
        return this.#toolCalled(event);
      case "tool.returned":
        return this.#toolReturned(event);
      case "human.requested":
        return this.#humanRequested(event);
      case "human.responded":
        return this.#humanResponded(event);
      case "checkpoint":
        return this.#withValues({ kind: "checkpoint", event }, { value: event.value });
      case "log":
        return this.#withValues({ kind: "log", event }, { data: event.data });
      case "output":
        return this.#output(event);
      case "state":
        return this.#stateSet(event);
      case "stage":
        return this.#add(this.#here(), { kind: "stage", name: event.name }).parent;
      case "tool.denied":
        return this.#add(this.#here(), { kind: "denied", event }).parent;
      case "limit.hit":
        return this.#add(this.#here(), { kind: "limit", event }).parent;
      case "workspace.changed":
        return this.#changes(event);
      default:
        return undefined;
    }
  }

  /** True while the run does nothing but wait for a person. */
  get isAsking(): boolean {
    return [...this.#questions.values()].some(({ content }) => !content.responded && !content.abandoned);
  }

  /** Marks the changed files that the person has decided about. */
  settleChanges(settled: ReadonlyMap<string, ChangeContent["settled"]>): void {
    for (const { content } of this.#changed) content.settled = settled.get(content.change.path);
  }

  /** The journal has no more events, and no end: whoever wrote it was killed. */
  closeUnfinished(): void {
    const { content } = this.root;
    if (content.state === "running") content.state = "interrupted";
    this.#abandonOpen({ exceptQuestions: content.state === "waiting" });
  }

  /** Whatever had not ended when the run did never will; but a run that waits can still be answered. */
  #abandonOpen({ exceptQuestions }: { readonly exceptQuestions: boolean }): void {
    for (const { content } of this.#turns.values()) content.abandoned = !content.finished;
    for (const { content } of this.#tools.values()) content.abandoned = !content.returned;
    for (const { content } of this.#questions.values())
      content.abandoned = !content.responded && !exceptQuestions;
    this.#open.length = 0;
  }

  #here(): RunNode {
    return this.#open.at(-1) ?? this.root;
  }

  #leave(node: RunNode): void {
    const index = this.#open.lastIndexOf(node);
    if (index >= 0) this.#open.splice(index, 1);
  }

  #add<Content extends NodeContent>(parent: RunNode, content: Content): RunNode<Content> {
    this.#added += 1;
    const node = { id: `${this.root.id}/${this.#added}`, parent, content, children: [] };
    parent.children.push(node);
    return node;
  }

  #withValues(content: NodeContent, values: Readonly<Record<string, Json | undefined>>): RunNode {
    const parent = this.#here();
    this.#addValues(this.#add(parent, content), values);
    return parent;
  }

  #addValues(parent: RunNode, values: Readonly<Record<string, Json | undefined>>): void {
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined) this.#add(parent, { kind: "value", name, value });
    }
  }

  #runStarted(event: RunEventOf<"run.started">): RunNode {
    const { file, procedure, isolation, workspace, time, forkedFrom } = event;
    Object.assign(this.root.content, { file, procedure, isolation, workspace, started: time });
    if (forkedFrom) this.root.content.forkedFrom = forkedFrom.run;
    if (event.revision !== undefined) this.root.content.revision = event.revision;
    if (event.resumed && this.root.children.length > 0) return this.#runResumed();
    if (!isEmptyObject(event.input)) this.#addValues(this.root, { input: event.input });
    if (event.ungranted.length > 0) {
      const group = this.#add(this.root, { kind: "ungranted", event });
      for (const { capability, target } of event.ungranted) {
        this.#add(group, { kind: "value", name: capability, value: target });
      }
    }
    return this.root;
  }

  /** The run goes on where it was: its rows stay, its end counts no more. */
  #runResumed(): RunNode {
    Object.assign(this.root.content, { state: "running", durationMs: undefined, error: undefined });
    return this.root;
  }

  #runFinished(event: RunEventOf<"run.finished">): RunNode {
    const { status, durationMs, usage, cost, error } = event;
    const content = { state: status, durationMs, tokens: usage.totalTokens, cost, error: error?.message };
    Object.assign(this.root.content, content);
    this.#abandonOpen({ exceptQuestions: status === "waiting" });
    if (event.error) {
      const node = this.#add(this.root, { kind: "error", error: event.error });
      if (event.error.stack) this.#add(node, { kind: "text", name: "stack", text: event.error.stack });
    }
    this.#addValues(this.root, { result: event.result });
    return this.root;
  }

  #turnStarted(event: RunEventOf<"turn.started">): RunNode {
    const parent = this.#here();
    const node = this.#add(parent, { kind: "turn", started: event });
    this.#turns.set(event.turn, node);
    this.#open.push(node);
    return parent;
  }

  #turnDelta(event: RunEventOf<"turn.delta">): RunNode | undefined {
    const turn = this.#turns.get(event.turn);
    if (!turn) return undefined;
    const last = turn.children.at(-1)?.content;
    if (last?.kind === "text") last.text = (last.text + event.text).slice(0, longestText);
    else this.#add(turn, { kind: "text", name: "reply", text: event.text.slice(0, longestText) });
    return turn;
  }

  #turnFinished(event: RunEventOf<"turn.finished">): RunNode | undefined {
    const turn = this.#turns.get(event.turn);
    if (!turn) return undefined;
    turn.content.finished = event;
    this.#leave(turn);
    const streamed = turn.children.findIndex(({ content }) => content.kind === "text");
    if (event.output !== undefined && streamed >= 0 && isStreamedAs(turn.children[streamed], event.output)) {
      turn.children.splice(streamed, 1);
    }
    this.#addValues(turn, { reply: event.output });
    return turn;
  }

  #toolCalled(event: RunEventOf<"tool.called">): RunNode {
    const parent = (event.turn === undefined ? undefined : this.#turns.get(event.turn)) ?? this.#here();
    const node = this.#add(parent, { kind: "tool", called: event });
    this.#addValues(node, { arguments: event.arguments });
    this.#tools.set(event.call, node);
    this.#open.push(node);
    return parent;
  }

  #toolReturned(event: RunEventOf<"tool.returned">): RunNode | undefined {
    const node = this.#tools.get(event.call);
    if (!node) return undefined;
    node.content.returned = event;
    this.#leave(node);
    this.#addValues(node, { result: event.result });
    if (event.error) this.#add(node, { kind: "text", name: event.error.code, text: event.error.message });
    return node;
  }

  #humanRequested(event: RunEventOf<"human.requested">): RunNode {
    const parent = this.#here();
    const node = this.#add(parent, { kind: "human", requested: event });
    this.#add(node, { kind: "text", name: "message", text: event.message });
    this.#addValues(node, { options: event.options, default: event.default });
    this.#questions.set(event.request, node);
    return parent;
  }

  #humanResponded(event: RunEventOf<"human.responded">): RunNode | undefined {
    const node = this.#questions.get(event.request);
    if (!node) return undefined;
    node.content.responded = event;
    this.#addValues(node, { answer: event.value });
    return node;
  }

  #output(event: RunEventOf<"output">): RunNode {
    const parent = this.#here();
    const last = parent.children.at(-1)?.content;
    if (last?.kind === "output" && last.stream === event.stream) {
      last.text = (last.text + event.text).slice(0, longestText);
    } else
      this.#add(parent, { kind: "output", stream: event.stream, text: event.text.slice(0, longestText) });
    return parent;
  }

  #stateSet(event: RunEventOf<"state">): RunNode {
    const state = this.#stateGroup();
    const known = state.children.findIndex(
      ({ content }) => content.kind === "value" && content.name === event.key,
    );
    const node = this.#add(state, { kind: "value", name: event.key, value: event.value });
    if (known >= 0) {
      state.children.pop();
      state.children[known] = node;
    }
    return state.children.length === 1 ? this.root : state;
  }

  /** The state has one place, under the input, and shows its newest values. */
  #stateGroup(): RunNode {
    if (!this.#state) {
      this.#state = this.#add(this.root, { kind: "state" });
      this.root.children.pop();
      const inputs = this.root.children.filter(
        ({ content }) => content.kind === "value" && content.name === "input",
      );
      this.root.children.splice(inputs.length, 0, this.#state);
    }
    return this.#state;
  }

  #changes(event: RunEventOf<"workspace.changed">): RunNode {
    if (event.changes.length === 0) return this.root;
    const group = this.#add(this.root, { kind: "changes", event });
    for (const change of event.changes) this.#changed.push(this.#add(group, { kind: "change", change }));
    return this.root;
  }
}

function isEmptyObject(value: Json): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}

function isStreamedAs(node: RunNode | undefined, output: Json): boolean {
  return (
    node?.content.kind === "text" &&
    (typeof output !== "string" || node.content.text.trim() === output.trim())
  );
}

/** The rows under a node: its children, in parts when they are many; a composite value opens into its members. */
export function rowsUnder(node: RunNode): readonly RunNode[] {
  if (node.content.kind === "value" && node.children.length === 0) fillValue(node, node.content.value);
  if (node.children.length <= widestLevel || node.content.kind === "part") return node.children;
  return Array.from({ length: Math.ceil(node.children.length / widestLevel) }, (_, part) => {
    const first = part * widestLevel;
    const children = node.children.slice(first, first + widestLevel);
    const content = { kind: "part", first: first + 1, last: first + children.length } as const;
    return { id: `${node.id}#${part}`, parent: node, content, children };
  });
}

/** True when there is something to open under a node. */
export function canOpen({ content, children }: RunNode): boolean {
  if (children.length > 0) return true;
  if (content.kind !== "value") return false;
  return typeof content.value === "object" && content.value !== null && Object.keys(content.value).length > 0;
}

function fillValue(node: RunNode, value: Json): void {
  if (!isJsonObject(value) && !Array.isArray(value)) return;
  const members = Object.entries(value).map(
    ([name, member], index): RunNode => ({
      id: `${node.id}.${index}`,
      parent: node,
      content: { kind: "value", name: Array.isArray(value) ? `[${Number(name) + 1}]` : name, value: member },
      children: [],
    }),
  );
  node.children.push(...members);
}
