import type { DebugProtocol } from "@vscode/debugprotocol";
import type { JsonObject } from "#common/json.ts";
import { ok, type Result } from "#common/result.ts";
import type { At } from "#protocol/events/events.ts";
import type { Sources } from "../sources.ts";
import type { References } from "../values/container.ts";
import { jsonReference, preview } from "../values/json-values.ts";
import {
  type Completion,
  type Evaluated,
  type Evaluation,
  type ExceptionInformation,
  pageOfStack,
  type Stack,
  type StackPage,
  type View,
} from "../view.ts";
import { type Picture, pictureAt } from "./picture.ts";
import { lookUp } from "./record-expression.ts";
import { conversationScopes, recordScope, turnValues } from "./record-scopes.ts";
import type { Moment, RunRecord } from "./run-record.ts";

/** Only the beginning of a value that is copied as text. */
const mostCopied = 1_000_000;

export interface PastParts {
  readonly record: RunRecord;
  readonly position: number;
  readonly sources: Sources;
  readonly references: References;
}

/** A run at a moment of its record. Nothing of it runs: what is shown stands in the journal. */
export class PastView implements View {
  readonly #picture: Picture;
  readonly #parts: PastParts;

  constructor(picture: Picture, parts: PastParts) {
    this.#picture = picture;
    this.#parts = parts;
  }

  /** The view of a position; undefined when the record has no such moment. */
  static at(parts: PastParts): PastView | undefined {
    const picture = pictureAt(parts.record, parts.position);
    return picture && new PastView(picture, parts);
  }

  async stack(_threadId: number, page: StackPage): Promise<Stack> {
    const { moment, stack, started } = this.#picture;
    const places = [{ name: momentName(moment), at: placeOf(moment, started.file) }, ...stack];
    const frames = places.map(({ name, at }, index) => this.#frame(index, name, at, started.file));
    return { stackFrames: pageOfStack(frames, page), totalFrames: frames.length };
  }

  async scopes(): Promise<readonly DebugProtocol.Scope[]> {
    const { references } = this.#parts;
    return [
      ...this.momentScopes(),
      ...recordScope("State", this.#picture.state, references, "state"),
      ...recordScope("Input", this.#roots["input"] as JsonObject, references, "input"),
      ...conversationScopes(this.#picture, references),
    ];
  }

  /** What only the journal knows: the checkpoint, and what is different from the moment before. */
  momentScopes(): readonly DebugProtocol.Scope[] {
    const { changed, moment, state } = this.#picture;
    const { references } = this.#parts;
    const differences = Object.fromEntries(
      [...changed].map(([key, before]) => [key, { before: before ?? null, now: state[key] ?? null }]),
    );
    return [
      ...recordScope(momentTitle(moment), momentValues(moment), references),
      ...recordScope("Changed Here", differences, references),
    ];
  }

  async evaluate(
    _frame: number | undefined,
    { expression, context }: Evaluation,
  ): Promise<Result<Evaluated, string>> {
    const found = lookUp(expression, this.#roots);
    if (!found.ok) return found;
    if (context === "clipboard")
      return ok({
        result: JSON.stringify(found.value, undefined, 2).slice(0, mostCopied),
        variablesReference: 0,
      });
    return ok({
      result: preview(found.value),
      ...jsonReference(found.value, this.#parts.references, expression.trim()),
      presentationHint: { attributes: ["readOnly"] },
    });
  }

  async exception(): Promise<ExceptionInformation | undefined> {
    const { moment } = this.#picture;
    if (moment.kind !== "end" || !moment.error) return undefined;
    const { code, message, stack } = moment.error;
    return {
      exceptionId: code,
      description: message,
      breakMode: "unhandled",
      details: { message, typeName: code, ...(stack !== undefined && { stackTrace: stack }) },
    };
  }

  /** The moment before the place of a frame was entered; that of the topmost is the moment itself. */
  restartPosition(frame: number): number | undefined {
    const { position, record } = this.#parts;
    if (frame === 0) return position;
    const entered = this.#picture.stack[frame - 1]?.seq ?? 0;
    return Math.max(
      0,
      record.moments.findLastIndex(({ seq }) => seq < entered),
    );
  }

  async complete(_frame: number | undefined, text: string): Promise<readonly Completion[]> {
    return text.includes(".") || text.includes("[")
      ? []
      : Object.keys(this.#roots).map((label) => ({ label, type: "variable" }));
  }

  /** What expressions can begin with. */
  get #roots(): JsonObject {
    const { state, started, moment } = this.#picture;
    const value = moment.kind === "checkpoint" ? moment.checkpoint.value : undefined;
    return { state, input: started.input, turns: turnValues(this.#picture), value: value ?? null };
  }

  #frame(id: number, name: string, at: At | undefined, file: string): DebugProtocol.StackFrame {
    const source = this.#parts.sources.source(at?.file ?? file);
    return {
      id,
      name,
      line: at?.line ?? 0,
      column: at ? 1 : 0,
      canRestart: true,
      ...(source && { source }),
      ...(!at && { presentationHint: "subtle" as const }),
    };
  }
}

function momentName(moment: Moment): string {
  if (moment.kind === "start") return "start of the run";
  if (moment.kind === "end") return moment.error ? "the error" : "end of the run";
  const { kind, name } = moment.checkpoint;
  return name === undefined ? kind : `${kind} ${name}`;
}

function momentTitle(moment: Moment): string {
  if (moment.kind === "checkpoint") return `Checkpoint ${moment.checkpoint.index}`;
  return moment.kind === "start" ? "Start" : "End";
}

function placeOf(moment: Moment, file: string): At | undefined {
  if (moment.kind === "checkpoint") return moment.checkpoint.at;
  if (moment.kind === "start") return { file, line: 1 };
  const { file: failed = file, line } = moment.error ?? {};
  return line === undefined ? undefined : { file: failed, line };
}

function momentValues(moment: Moment): JsonObject {
  if (moment.kind === "start") return {};
  if (moment.kind === "end")
    return moment.error ? { code: moment.error.code, message: moment.error.message } : {};
  const { kind, name, value, durationMs } = moment.checkpoint;
  return { kind, ...(name !== undefined && { name }), value: value ?? null, durationMs };
}
