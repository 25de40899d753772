import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";

/** What `reset` keeps. */
export type KeptMessages = "system_prefix" | "system_all" | "none";

const charactersPerToken = 4;

/** The messages that a procedure keeps for itself, apart from the histories of its agents. Ids count from 1. */
export class MessageList {
  readonly #now: () => number;
  readonly #marks = new Map<string, number>();
  #messages: readonly JsonObject[] = [];
  #ids = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  get all(): readonly JsonObject[] {
    return this.#messages;
  }

  /** Adds a message; anything that is no table becomes the text of a user's message. */
  append(given: Json): JsonObject {
    const fields = isJsonObject(given)
      ? given
      : { content: typeof given === "string" ? given : JSON.stringify(given) };
    const created_at = new Date(this.#now()).toISOString();
    const message = { role: "user", content: "", created_at, ...fields, id: ++this.#ids };
    this.#messages = [...this.#messages, message];
    return message;
  }

  replace(messages: readonly Json[]): void {
    this.#messages = [];
    for (const message of messages) this.append(message);
  }

  head(count: number): readonly JsonObject[] {
    return this.#messages.slice(0, Math.max(0, count));
  }

  tail(count: number): readonly JsonObject[] {
    return count > 0 ? this.#messages.slice(-count) : [];
  }

  /** From `start` (from 1) to `stop`, both included. */
  slice(start: number, stop: number = this.#messages.length): readonly JsonObject[] {
    return this.#messages.slice(Math.max(0, start - 1), Math.max(0, stop));
  }

  /** The last messages whose contents fit into about so many tokens. */
  tailTokens(tokens: number): readonly JsonObject[] {
    let left = tokens * charactersPerToken;
    const tooOld = this.#messages.findLastIndex((message) => {
      left -= textOf(message).length;
      return left < 0;
    });
    return this.#messages.slice(tooOld + 1);
  }

  keep(messages: readonly JsonObject[]): void {
    this.#messages = messages;
  }

  reset(keep: KeptMessages): void {
    const firstOther = this.#messages.findIndex((message) => message["role"] !== "system");
    const prefix = firstOther === -1 ? this.#messages : this.#messages.slice(0, firstOther);
    const system = this.#messages.filter((message) => message["role"] === "system");
    this.#messages = keep === "none" ? [] : keep === "system_all" ? system : prefix;
  }

  /** The id of the last message, kept under a name if one is given. */
  mark(name: string | undefined): number | undefined {
    const id = this.#messages.at(-1)?.["id"];
    if (typeof id !== "number") return undefined;
    if (name !== undefined) this.#marks.set(name, id);
    return id;
  }

  /** Drops what came after the message of this id or mark; an unknown one changes nothing. */
  rewindTo(target: number | string): void {
    const id = typeof target === "string" ? this.#marks.get(target) : target;
    const index = this.#messages.findIndex((message) => message["id"] === id);
    if (index !== -1) this.#messages = this.#messages.slice(0, index + 1);
  }
}

function textOf(message: JsonObject): string {
  const content = message["content"];
  return typeof content === "string" ? content : JSON.stringify(content ?? "");
}
