import { errorText } from "#common/error-text.ts";
import type { Json } from "#common/json.ts";
import type { SupervisorMethod } from "#protocol/wire/inside-methods.ts";
import { maximumFrameBytes } from "#protocol/wire/limits.ts";
import type { RequestParams } from "#protocol/wire/requests.ts";
import type { InsideRequest, WorkerAnswer } from "../bridge/worker-messages.ts";
import { RequestRefused } from "../ports.ts";

/** What answers the requests that stay in the sandbox. Throws RequestRefused with what the procedure may be told. */
export type InsideHandlers = {
  readonly [Method in SupervisorMethod]: (params: RequestParams<Method>) => Promise<Json>;
};

/** What lives beside the worker in the sandbox, for one run. */
export interface InsideServices {
  readonly handlers: InsideHandlers;
  /** Ends it, with all that it started; resolves when nothing of it is left. */
  dispose(): Promise<void>;
}

/** Answers the worker's requests that stay in the sandbox: each gets exactly one answer or refusal. */
export class InsideDesk {
  readonly #handlers: InsideHandlers;
  readonly #answer: (answer: WorkerAnswer) => void;

  constructor(handlers: InsideHandlers, answer: (answer: WorkerAnswer) => void) {
    this.#handlers = handlers;
    this.#answer = answer;
  }

  async serve(request: InsideRequest): Promise<void> {
    const { id } = request;
    try {
      this.#answer({ kind: "answer", id, value: bounded(await this.#perform(request)) });
    } catch (thrown) {
      const code = thrown instanceof RequestRefused ? thrown.code : "internal-error";
      this.#answer({ kind: "refusal", id, code, message: errorText(thrown) });
    }
  }

  #perform<Method extends SupervisorMethod>({ method, params }: InsideRequest<Method>): Promise<Json> {
    return this.#handlers[method](params);
  }
}

/** What goes into the worker is as small as what comes from the host. */
function bounded(value: Json): Json {
  if (JSON.stringify(value).length <= maximumFrameBytes) return value;
  throw new RequestRefused("answer-too-large", "The answer is larger than a message may be.");
}
