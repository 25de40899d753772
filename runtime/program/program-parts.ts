import type { EngineOptions, LuaEngine } from "#lua/engine.ts";
import type { StartMessage } from "#protocol/wire/messages.ts";
import type { CheckpointRecorder } from "../checkpoints/checkpoint-recorder.ts";
import type { ProgramObserver } from "../debugging/program-observer.ts";
import type { RunPorts } from "../ports.ts";
import type { RunRecorder } from "../recording/run-recorder.ts";

/** What a program is made of. */
export interface ProgramParts {
  readonly start: StartMessage;
  readonly ports: RunPorts;
  readonly createEngine: (options: EngineOptions) => LuaEngine;
  readonly recorder: RunRecorder;
  readonly checkpoints: CheckpointRecorder;
  /** Whoever debugs the run. */
  readonly observer?: Pick<ProgramObserver, "programOpened"> | undefined;
  /** Absent: the program is the run itself. */
  readonly surroundings?: Surroundings | undefined;
}

/** What the entry point is called with. */
export type ProgramInput = Pick<StartMessage, "input" | "textInput">;

/** The run that a file is a part of, when another file runs it. */
interface Surroundings {
  readonly depth: number;
  /** Why it must end before the run does. */
  readonly interrupt: () => string | undefined;
}
