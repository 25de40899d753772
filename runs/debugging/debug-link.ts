import type { DebugService } from "#broker/services.ts";
import type { Json } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import {
  type DebugAnswer,
  type DebugCommandName,
  type DebugParams,
  debugCommands,
} from "#protocol/debugging/commands.ts";
import { debugSaid } from "#protocol/debugging/messages.ts";
import type { DebugNotice } from "#protocol/debugging/notices.ts";
import type { DebugRefusal, RunDebugger } from "#protocol/debugging/run-debugger.ts";
import type { DebugMessage } from "#protocol/wire/messages.ts";

interface OpenCommand {
  readonly name: DebugCommandName;
  readonly settle: (result: Result<unknown, DebugRefusal>) => void;
}

const tooLarge: DebugRefusal = {
  code: "params-invalid",
  message: "The command is larger than a message may be.",
};
const ended: DebugRefusal = { code: "run-ended", message: "The run has ended." };

/**
 * Joins a front end's debugger and the sandbox of one run (`RunServices.debugger`). What crosses is checked here in both
 * directions: no command leaves that its schema does not accept, and what the sandbox says is its answer or nothing.
 */
export class DebugLink implements RunDebugger, DebugService {
  readonly #open = new Map<number, OpenCommand>();
  readonly #waiting: DebugMessage[] = [];
  readonly #noticeListeners = new Set<(notice: DebugNotice) => void>();
  readonly #standingListeners = new Set<(standing: boolean) => void>();
  #send: ((message: DebugMessage) => boolean) | undefined;
  #closed = false;
  #standing = false;
  #commands = 0;

  async request<Name extends DebugCommandName>(
    name: Name,
    params: DebugParams<Name>,
  ): Promise<Result<DebugAnswer<Name>, DebugRefusal>> {
    const checked = debugCommands[name].params.safeParse(params);
    if (!checked.success) return fail({ code: "params-invalid", message: checked.error.message });
    if (this.#closed) return fail(ended);
    const answer = await this.#ask(name, params);
    // `receive` checked the value with the schema of this command.
    return answer as Result<DebugAnswer<Name>, DebugRefusal>;
  }

  onNotice(listener: (notice: DebugNotice) => void): () => void {
    this.#noticeListeners.add(listener);
    return () => this.#noticeListeners.delete(listener);
  }

  connect(send: (message: DebugMessage) => boolean): void {
    this.#send = send;
    for (const message of this.#waiting.splice(0)) this.#pass(message, send);
  }

  receive(message: Json): boolean {
    const said = debugSaid.safeParse(message);
    if (!said.success) return false;
    if (said.data.kind === "notice") {
      this.#notice(said.data.notice);
      return true;
    }
    const command = this.#open.get(said.data.id);
    this.#open.delete(said.data.id);
    if (!command) return false;
    if (said.data.kind === "refusal") {
      command.settle(fail({ code: said.data.code, message: said.data.message }));
      return true;
    }
    const answer = debugCommands[command.name].answer.safeParse(said.data.value);
    command.settle(answer.success ? ok(answer.data) : fail(ended));
    return answer.success;
  }

  close(): void {
    this.#closed = true;
    this.#stand(false);
    for (const { settle } of this.#open.values()) settle(fail(ended));
    this.#open.clear();
  }

  onStanding(listener: (standing: boolean) => void): () => void {
    this.#standingListeners.add(listener);
    listener(this.#standing);
    return () => this.#standingListeners.delete(listener);
  }

  #ask<Name extends DebugCommandName>(
    command: Name,
    params: DebugParams<Name>,
  ): Promise<Result<unknown, DebugRefusal>> {
    const id = ++this.#commands;
    return new Promise((settle) => {
      this.#open.set(id, { name: command, settle });
      // Name and parameters are of one command; the compiler loses that when it builds the union.
      const message = { kind: "debug", id, command, params } as DebugMessage;
      if (this.#send) this.#pass(message, this.#send);
      else this.#waiting.push(message);
    });
  }

  #pass(message: DebugMessage, send: (message: DebugMessage) => boolean): void {
    if (send(message)) return;
    this.#open.get(message.id)?.settle(fail(tooLarge));
    this.#open.delete(message.id);
  }

  #notice(notice: DebugNotice): void {
    if (notice.notice === "stopped" || notice.notice === "ready") this.#stand(true);
    if (notice.notice === "continued") this.#stand(false);
    for (const listener of this.#noticeListeners) listener(notice);
  }

  #stand(standing: boolean): void {
    if (standing === this.#standing) return;
    this.#standing = standing;
    for (const listener of this.#standingListeners) listener(standing);
  }
}
