import { ProtocolServer } from "@vscode/debugadapter/lib/protocol.js";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { errorText } from "#common/error-text.ts";
import { type ClientCounting, fromClient, toClient } from "./client-counting.ts";
import type { DebugHost } from "./debug-host.ts";
import { plainMessage } from "./plain-message.ts";
import { AdapterProblem } from "./problems.ts";
import { requests } from "./requests/requests.ts";
import { DebugSession } from "./session.ts";

/**
 * Speaks the Debug Adapter Protocol for one session. Each request is answered exactly once, in the order in which the
 * answers are ready; whatever fails costs that one request.
 */
export class DebugAdapter extends ProtocolServer {
  readonly #session: DebugSession;
  #counting: ClientCounting = { lines: 1, columns: 1 };

  constructor(host: DebugHost) {
    super();
    this.#session = new DebugSession(host, (event, body) => this.#sendEvent(event, body));
  }

  /** The client is gone: so is the sandbox when this settles. */
  async close(): Promise<void> {
    await this.#session.leave({ suspend: false });
  }

  override dispose(): void {
    void this.close();
  }

  protected override dispatchRequest(request: DebugProtocol.Request): void {
    void this.#answer(request);
  }

  async #answer(request: DebugProtocol.Request): Promise<void> {
    const command = String(request.command);
    const answer = { seq: 0, type: "response", request_seq: Number(request.seq), command, success: true };
    try {
      const body = await this.#handle(command, request.arguments);
      this.sendResponse({ ...answer, body: plainMessage(toClient(body, this.#counting)) });
    } catch (thrown) {
      this.sendResponse({ ...answer, success: false, ...plainMessage(failure(thrown)) });
    }
  }

  async #handle(command: string, given: unknown): Promise<object | undefined> {
    if (!Object.hasOwn(requests, command))
      throw new AdapterProblem(
        "debug-unknown-request",
        `This debugger does not know the request '${command}'.`,
      );
    if (command === "initialize") this.#counting = countingOf(given);
    return requests[command]?.(this.#session, fromClient(command, given, this.#counting));
  }

  #sendEvent(event: string, body: object | undefined): void {
    this.sendEvent({
      seq: 0,
      type: "event",
      event,
      ...(body && { body: plainMessage(toClient(body, this.#counting)) }),
    });
  }
}

function countingOf(given: unknown): ClientCounting {
  const { linesStartAt1 = true, columnsStartAt1 = true } = { ...(given as object | undefined) } as Partial<
    Pick<DebugProtocol.InitializeRequestArguments, "linesStartAt1" | "columnsStartAt1">
  >;
  return { lines: linesStartAt1 ? 1 : 0, columns: columnsStartAt1 ? 1 : 0 };
}

/** What a person sees of a request that failed. */
function failure(thrown: unknown): Pick<DebugProtocol.ErrorResponse, "message" | "body"> {
  const code = thrown instanceof AdapterProblem ? thrown.code : "internal-error";
  const text = errorText(thrown);
  // Clients fill in `{name}` from variables; a text that comes from a procedure has none.
  const format = text.replaceAll("{", "{open}");
  return {
    message: text,
    body: { error: { id: 1, format, variables: { open: "{", code }, showUser: true } },
  };
}
