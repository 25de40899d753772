import type { ChatMessage } from "#protocol/wire/requests.ts";

/** The history of one agent; it lasts for the run. */
export class Conversation {
  #messages: ChatMessage[] = [];

  get messages(): readonly ChatMessage[] {
    return this.#messages;
  }

  get length(): number {
    return this.#messages.length;
  }

  add(...messages: readonly ChatMessage[]): void {
    this.#messages.push(...messages);
  }

  /** Forgets everything after the first `length` messages. */
  truncate(length: number): void {
    this.#messages.length = Math.min(length, this.#messages.length);
  }
}
