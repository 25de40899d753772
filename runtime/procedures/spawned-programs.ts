import { isJsonObject, type Json } from "#common/json.ts";
import type { At } from "#protocol/events/events.ts";
import type { CheckpointRecorder, CheckpointValue } from "../checkpoints/checkpoint-recorder.ts";
import type { RuntimePorts } from "../ports.ts";
import { codeOf, ProcedureFailure } from "../vm/procedure-failure.ts";
import type { EncodedJson } from "../vm/vm.ts";

/** How a spawned procedure stands. One that was not needed yet counts as running, as it would elsewhere. */
export type SpawnedStatus = "running" | "completed" | "failed" | "cancelled";

/** A procedure that was spawned, and what became of it. */
export interface SpawnedProgram {
  readonly id: string;
  readonly name: string;
  readonly at: At | undefined;
  readonly startedAt: number;
  readonly run: (timeoutSeconds: number | undefined) => EncodedJson;
  status: SpawnedStatus;
  result: EncodedJson | undefined;
  error: { readonly code: string; readonly message: string } | undefined;
  completedAt: number | undefined;
}

/**
 * The procedures that one program spawned. There is one thread: a spawned procedure runs, to its end, when the program
 * first needs to know how it stands, or when the program ends. That makes the order of everything that happens the same
 * in every replay, and a procedure that is cancelled before anybody asks really does nothing.
 */
export class SpawnedPrograms {
  readonly #checkpoints: CheckpointRecorder;
  readonly #ports: Pick<RuntimePorts, "emit" | "now">;
  readonly #spawned: SpawnedProgram[] = [];

  constructor(checkpoints: CheckpointRecorder, ports: Pick<RuntimePorts, "emit" | "now">) {
    this.#checkpoints = checkpoints;
    this.#ports = ports;
  }

  spawn(name: string, at: At | undefined, run: SpawnedProgram["run"]): SpawnedProgram {
    const spawned: SpawnedProgram = {
      id: `${name}_${this.#spawned.length + 1}`,
      name,
      at,
      run,
      startedAt: this.#ports.now(),
      status: "running",
      result: undefined,
      error: undefined,
      completedAt: undefined,
    };
    this.#spawned.push(spawned);
    return spawned;
  }

  cancel(spawned: SpawnedProgram): void {
    if (spawned.status === "running") this.#end(spawned, "cancelled");
  }

  /** Runs it unless it has ended. Its failure is kept, not thrown. One checkpoint, whatever the outcome. */
  settle(spawned: SpawnedProgram, timeoutSeconds?: number): void {
    if (spawned.status !== "running") return;
    const { name, at } = spawned;
    const outcome = this.#checkpoints.run(
      { kind: "procedure", name, ...(at ? { at } : {}) },
      () => outcomeOf(() => spawned.run(timeoutSeconds)),
      (recorded) => recorded,
    );
    const error = recordedError(outcome.json);
    if (error) spawned.error = error;
    else spawned.result = recordedResult(outcome);
    this.#end(spawned, error ? "failed" : "completed");
  }

  /** Runs what nobody asked for; a failure is logged. */
  settleRest(): void {
    for (const spawned of this.#spawned) {
      if (spawned.status !== "running") continue;
      this.settle(spawned);
      if (spawned.error) this.#ports.emit({ type: "log", level: "error", message: spawned.error.message });
    }
  }

  #end(spawned: SpawnedProgram, status: SpawnedStatus): void {
    spawned.status = status;
    spawned.completedAt = this.#ports.now();
  }
}

const resultStart = '{"result":';

/** The result or the failure as one value to record; what must end the whole run passes through. */
function outcomeOf(run: () => EncodedJson): CheckpointValue {
  try {
    const { json, text } = run();
    return { json: { result: json }, text: `${resultStart}${text}}` };
  } catch (thrown) {
    const code = codeOf(thrown);
    if (!(thrown instanceof ProcedureFailure) || code === undefined || code === "cancelled") throw thrown;
    const json = { error: { code, message: thrown.message } };
    return { json, text: JSON.stringify(json) };
  }
}

function recordedError(outcome: Json): { code: string; message: string } | undefined {
  const error = isJsonObject(outcome) ? outcome["error"] : undefined;
  if (!isJsonObject(error)) return undefined;
  return { code: String(error["code"]), message: String(error["message"]) };
}

/** The text is cut, not written anew, so that floats stay floats. */
function recordedResult({ json, text }: CheckpointValue): EncodedJson {
  const result = isJsonObject(json) ? (json["result"] ?? null) : null;
  return { json: result, text: text.slice(resultStart.length, -1) };
}
