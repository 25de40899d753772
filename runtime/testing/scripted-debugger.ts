import type { DebugAnswer, DebugCommandName, DebugParams } from "#protocol/debugging/commands.ts";
import { debugCommands } from "#protocol/debugging/commands.ts";
import { type DebugSaid, debugSaid } from "#protocol/debugging/messages.ts";
import type { DebugNotice, StoppedNotice } from "#protocol/debugging/notices.ts";
import type { DebugMessage } from "#protocol/wire/messages.ts";
import type { DebugChannel } from "../debugging/debug-channel.ts";

/** What a script does next: a command, whose answer it gets back. */
export type ScriptStep = { readonly command: DebugCommandName; readonly params: object };

/** A person at the debugger: what it does while the run stands. When it ends, the run goes on whatever it stops at. */
export type DebugScript = (person: ScriptedDebugger) => Generator<ScriptStep, void, unknown>;

/** Debugs a run that goes on in the same thread: the script goes on whenever the run asks for a command. For tests. */
export class ScriptedDebugger implements DebugChannel {
  readonly notices: DebugNotice[] = [];
  /** Commands that come while the run goes. */
  readonly mail: ScriptStep[] = [];
  readonly standing: boolean[] = [];
  onMail: (() => void) | undefined;
  /** What the script threw. */
  failure: unknown;
  readonly #script: Generator<ScriptStep, void, unknown>;
  #asked: DebugMessage | undefined;
  #answer: unknown;
  #commands = 0;

  constructor(script: DebugScript) {
    this.#script = script(this);
  }

  /** The latest stop. */
  get stopped(): StoppedNotice | undefined {
    return this.notices.findLast((notice) => notice.notice === "stopped");
  }

  get stops(): readonly StoppedNotice[] {
    return this.notices.filter((notice) => notice.notice === "stopped");
  }

  /** A command, and its answer; a refusal comes as `{refused, message}`. */
  *do<Name extends DebugCommandName>(
    command: Name,
    params: DebugParams<Name>,
  ): Generator<ScriptStep, DebugAnswer<Name>, unknown> {
    const answer = yield { command, params };
    return answer as DebugAnswer<Name>;
  }

  say(said: DebugSaid): void {
    const checked = debugSaid.parse(JSON.parse(JSON.stringify(said)));
    if (checked.kind === "notice") this.notices.push(checked.notice);
    else if (checked.kind === "refusal") this.#answer = { refused: checked.code, message: checked.message };
    else if (this.#asked?.id === checked.id) {
      this.#answer = debugCommands[this.#asked.command].answer.parse(checked.value);
    }
  }

  take(): DebugMessage | undefined {
    const next = this.mail.shift();
    return next && this.#message(next);
  }

  wait(): DebugMessage {
    this.#asked = this.#message(this.#next() ?? { command: this.#atEnd(), params: {} });
    return this.#asked;
  }

  #next(): ScriptStep | undefined {
    const answer = this.#answer;
    this.#answer = undefined;
    try {
      const next = this.#script.next(answer);
      return next.done ? undefined : next.value;
    } catch (error) {
      // What a test expects in vain must not look like a defect of the run.
      this.failure ??= error;
      return undefined;
    }
  }

  stand(standing: boolean): void {
    this.standing.push(standing);
  }

  #atEnd(): "begin" | "continue" {
    return this.stopped ? "continue" : "begin";
  }

  #message({ command, params }: ScriptStep): DebugMessage {
    const given: unknown = debugCommands[command].params.parse(
      command === "begin" && !("stopOnEntry" in params) ? { stopOnEntry: false } : params,
    );
    return { kind: "debug", id: ++this.#commands, command, params: given } as DebugMessage;
  }
}
