import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Result } from "#common/result.ts";

/** Part of a stack that a client asks for. */
export interface StackPage {
  readonly startFrame?: number | undefined;
  readonly levels?: number | undefined;
}

/** What is to be evaluated, and what the client does with it. */
export interface Evaluation {
  readonly expression: string;
  readonly context?: string | undefined;
}

export type Evaluated = DebugProtocol.EvaluateResponse["body"];
export type Stack = DebugProtocol.StackTraceResponse["body"];
export type ExceptionInformation = DebugProtocol.ExceptionInfoResponse["body"];

/** What may follow a text, and what type of Lua it has. */
export interface Completion {
  readonly label: string;
  readonly type: string;
}

/** A run as it stands somewhere: now, in its sandbox, or at a moment of its record. Numbers of frames are the view's own. */
export interface View {
  stack(threadId: number, page: StackPage): Promise<Stack>;
  scopes(frame: number): Promise<readonly DebugProtocol.Scope[]>;
  evaluate(frame: number | undefined, evaluation: Evaluation): Promise<Result<Evaluated, string>>;
  /** Why it stands there, when that is an error. */
  exception(): Promise<ExceptionInformation | undefined>;
  /** Assigns a value; absent where nothing can be changed. */
  assign?(frame: number | undefined, expression: string, value: string): Promise<Result<Evaluated, string>>;
  /** What may follow a text. */
  complete?(frame: number | undefined, text: string): Promise<readonly Completion[]>;
  /** The moment of the record from which a frame would be run again. */
  restartPosition?(frame: number): number | undefined;
}

/** The thread that runs the procedure. */
export const procedureThread = 1;

/** The frames that a client asks for. */
export function pageOfStack<Frame>(frames: readonly Frame[], { startFrame = 0, levels }: StackPage): Frame[] {
  return frames.slice(startFrame, levels ? startFrame + levels : undefined);
}
