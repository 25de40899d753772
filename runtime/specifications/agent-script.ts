import type { JsonObject } from "#common/json.ts";
import type { MockBook } from "../mocks/mock-book.ts";
import type { MockedToolCall } from "../mocks/mock-entry.ts";

interface ScriptedTurn {
  message?: string;
  data?: JsonObject;
  readonly toolCalls: MockedToolCall[];
  readonly whenMessage?: string;
}

/** The turns that steps let agents answer: each `responds with` begins the next turn of its agent. */
export class AgentScript {
  readonly #mocks: MockBook;
  readonly #turns = new Map<string, ScriptedTurn[]>();
  /** What agents are told; the turns that follow are for it. */
  message: string | undefined;

  constructor(mocks: MockBook) {
    this.#mocks = mocks;
  }

  respond(agent: string, message: string): void {
    const open = this.#turns.get(agent)?.at(-1);
    const turn = open && open.message === undefined && open.data === undefined ? open : this.#begin(agent);
    turn.message = message;
    this.#publish(agent);
  }

  callTool(agent: string, call: MockedToolCall): void {
    (this.#turns.get(agent)?.at(-1) ?? this.#begin(agent)).toolCalls.push(call);
    this.#publish(agent);
  }

  returnData(agent: string, data: JsonObject): void {
    const open = this.#turns.get(agent)?.at(-1);
    const turn = open && open.data === undefined ? open : this.#begin(agent);
    turn.data = data;
    this.#publish(agent);
  }

  #begin(agent: string): ScriptedTurn {
    const turn: ScriptedTurn = {
      toolCalls: [],
      ...(this.message !== undefined && { whenMessage: this.message }),
    };
    this.#turns.set(agent, [...(this.#turns.get(agent) ?? []), turn]);
    return turn;
  }

  #publish(agent: string): void {
    this.#mocks.set(agent, { agent: { temporal: this.#turns.get(agent) ?? [] } });
  }
}
