import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Result } from "#common/result.ts";
import type { LiveView } from "../live/live-view.ts";
import {
  type Completion,
  type Evaluated,
  type Evaluation,
  procedureThread,
  type Stack,
  type StackPage,
  type View,
} from "../view.ts";
import type { PastView } from "./past-view.ts";

/**
 * A checkpoint of the past, with the locals that the code has there: its sandbox made the run again out of the journal and
 * stands where the checkpoint is made. What the journal knows of the moment stands first.
 */
export class ReplayedView implements View {
  readonly #past: PastView;
  readonly #replayed: LiveView;

  constructor(past: PastView, replayed: LiveView) {
    this.#past = past;
    this.#replayed = replayed;
  }

  async stack(_thread: number, page: StackPage): Promise<Stack> {
    const [moment] = (await this.#past.stack(procedureThread, {})).stackFrames;
    const stack = await this.#replayed.stack(procedureThread, page);
    const isTop = (page.startFrame ?? 0) === 0;
    const named = stack.stackFrames.map((frame, index) =>
      isTop && index === 0 && moment ? { ...frame, name: `${moment.name}, in ${frame.name}` } : frame,
    );
    return { ...stack, stackFrames: named };
  }

  async scopes(frame: number): Promise<readonly DebugProtocol.Scope[]> {
    return [...this.#past.momentScopes(), ...(await this.#replayed.scopes(frame))];
  }

  /** Nothing that is done in the past counts, so nothing can be done. */
  evaluate(
    frame: number | undefined,
    { expression, context }: Evaluation,
  ): Promise<Result<Evaluated, string>> {
    const purpose = context === "clipboard" ? context : "watch";
    return this.#replayed.evaluate(frame, { expression, context: purpose });
  }

  complete(frame: number | undefined, text: string): Promise<readonly Completion[]> {
    return this.#replayed.complete(frame, text);
  }

  async exception(): Promise<undefined> {
    return undefined;
  }

  /** Its record ends with the checkpoint itself. */
  restartPosition(frame: number): number | undefined {
    return this.#replayed.restartPosition(frame);
  }
}
