import { addUsage, noUsage, type Usage } from "#protocol/events/usage.ts";
import type { RuntimePorts } from "../ports.ts";
import { ToolCallLog } from "./tool-call-log.ts";

/** What a run has used so far; `cost` (US dollars) is absent while no priced model was asked. */
export interface RunTotals {
  readonly usage: Usage;
  readonly cost?: number;
}

/** The counters of one run: turns, tool calls, usage. Shared by everything that makes turns or calls tools. */
export class RunRecorder {
  readonly toolCalls: ToolCallLog;
  readonly #onTotals: (totals: RunTotals) => void;
  #turns = 0;
  #totals: RunTotals = { usage: noUsage };

  /** `onTotals` is told after each change, so that a run that is killed still reports what it used. */
  constructor(ports: Pick<RuntimePorts, "emit" | "now">, onTotals: (totals: RunTotals) => void = () => {}) {
    this.toolCalls = new ToolCallLog(ports);
    this.#onTotals = onTotals;
  }

  get totals(): RunTotals {
    return this.#totals;
  }

  /** Number of the turn that begins, from 1 over all agents. */
  nextTurn(): number {
    return ++this.#turns;
  }

  /** Adds what one model request used. */
  addUsage(usage: Usage, cost: number | undefined): void {
    const sum = (this.#totals.cost ?? 0) + (cost ?? 0);
    const priced = cost !== undefined || this.#totals.cost !== undefined;
    this.#totals = { usage: addUsage(this.#totals.usage, usage), ...(priced ? { cost: sum } : {}) };
    this.#onTotals(this.#totals);
  }
}
