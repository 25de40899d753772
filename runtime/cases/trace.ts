import type { Json } from "#common/json.ts";
import type { SandboxedEvent } from "#protocol/events/events.ts";
import { addUsage, noUsage, type Usage } from "#protocol/events/usage.ts";
import type { ChatMessage } from "#protocol/wire/requests.ts";

/** What happened in one case, read off its events and requests. */
export class Trace {
  readonly #toolCalls: { readonly tool: string; readonly arguments: Json }[] = [];
  readonly #turns: string[] = [];
  readonly #sent: ChatMessage[] = [];
  #usage: Usage = noUsage;
  #cost: number | undefined;

  add(event: SandboxedEvent): void {
    if (event.type === "tool.called") this.#toolCalls.push(event);
    if (event.type === "turn.finished") {
      this.#turns.push(event.agent);
      this.#usage = addUsage(this.#usage, event.usage);
      if (event.cost !== undefined) this.#cost = (this.#cost ?? 0) + event.cost;
    }
  }

  /** Messages that a model was sent. */
  addSent(messages: readonly ChatMessage[]): void {
    this.#sent.push(...messages);
  }

  /** The arguments of each call of a tool, whoever made it. */
  calls(tool: string): readonly Json[] {
    return this.#toolCalls.filter((call) => call.tool === tool).map((call) => call.arguments);
  }

  /** The tools that were called, each once. */
  get tools(): readonly string[] {
    return [...new Set(this.#toolCalls.map(({ tool }) => tool))];
  }

  /** How many turns an agent took, or all agents. */
  turns(agent?: string): number {
    return this.#turns.filter((name) => agent === undefined || name === agent).length;
  }

  get sent(): readonly ChatMessage[] {
    return this.#sent;
  }

  get usage(): Usage {
    return this.#usage;
  }

  /** US dollars; undefined while no priced model was asked. */
  get cost(): number | undefined {
    return this.#cost;
  }
}
