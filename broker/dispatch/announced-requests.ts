import type { RunEventOf } from "#protocol/events/events.ts";
import { isAnsweredInside } from "#protocol/wire/inside-methods.ts";
import type { RequestMessage } from "./request-desk.ts";

type Made = Pick<RunEventOf<"request.made">, "request" | "method">;

/**
 * Compares what a sandbox says of its requests in the journal with what it asks for. An honest runtime tells of one
 * request, asks for it, and waits; so the last one that it told of is all that has to be kept.
 */
export class AnnouncedRequests {
  #last: Made | undefined;

  announce({ request, method }: Made): void {
    this.#last = { request, method };
  }

  /** Takes a request that reached the host. False: the sandbox did not tell of it, or told of another one. */
  take({ number, method }: RequestMessage): boolean {
    const last = this.#last;
    this.#last = undefined;
    return last !== undefined && last.request === number && last.method === method;
  }

  /** Whether the sandbox may say what came of a request: only of one that never left it. */
  mayAnswer(request: number): boolean {
    const last = this.#last;
    this.#last = undefined;
    return last !== undefined && last.request === request && isAnsweredInside(last.method);
  }
}
