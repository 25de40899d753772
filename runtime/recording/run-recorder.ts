import { addUsage, noUsage, type Usage } from "#protocol/events/usage.ts";
import type { RunObserver } from "../debugging/run-observer.ts";
import type { RuntimePorts } from "../ports.ts";
import { ToolCallLog } from "./tool-call-log.ts";

/** What a run has used so far; `cost` (US dollars) is absent while no priced model was asked. */
export interface RunTotals {
  readonly usage: Usage;
  readonly cost?: number;
}

/** What is counted over all files of one run. */
interface RunCounters {
  turns: number;
  toolCalls: number;
  totals: RunTotals;
  observer?: RunObserver;
}

/** The counters of one run: turns, tool calls, usage. Shared by everything that makes turns or calls tools. */
export class RunRecorder {
  readonly toolCalls: ToolCallLog;
  readonly #onTotals: (totals: RunTotals) => void;
  readonly #ports: Pick<RuntimePorts, "emit" | "now">;
  readonly #run: RunCounters;

  /** `onTotals` is told after each change, so that a run that is killed still reports what it used. */
  constructor(
    ports: Pick<RuntimePorts, "emit" | "now">,
    onTotals: (totals: RunTotals) => void = () => {},
    run: RunCounters = { turns: 0, toolCalls: 0, totals: { usage: noUsage } },
  ) {
    this.#ports = ports;
    this.#onTotals = onTotals;
    this.#run = run;
    this.toolCalls = new ToolCallLog(ports, () => ++run.toolCalls);
  }

  /** Whoever debugs the run. */
  get observer(): RunObserver | undefined {
    return this.#run.observer;
  }

  /** From now on, in all files of the run. */
  observeBy(observer: RunObserver): void {
    this.#run.observer = observer;
  }

  /** For a file that runs inside this run: it counts on, and remembers its own tool calls only. */
  forChild(): RunRecorder {
    return new RunRecorder(this.#ports, this.#onTotals, this.#run);
  }

  get totals(): RunTotals {
    return this.#run.totals;
  }

  /** Number of the turn that begins, from 1 over all agents. */
  nextTurn(): number {
    return ++this.#run.turns;
  }

  /** Adds what one model request used. */
  addUsage(usage: Usage, cost: number | undefined): void {
    const sum = (this.#run.totals.cost ?? 0) + (cost ?? 0);
    const priced = cost !== undefined || this.#run.totals.cost !== undefined;
    this.#run.totals = { usage: addUsage(this.#run.totals.usage, usage), ...(priced ? { cost: sum } : {}) };
    this.#onTotals(this.#run.totals);
  }
}
