import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { DebugClient } from "@vscode/debugadapter-testsupport";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { type Desk, studioCommand } from "#test/contract/studio.ts";

/** The client of `@vscode/debugadapter-testsupport`, over a `dap --stdio` that runs in a desk. */
export class DeskDebugClient extends DebugClient {
  readonly adapter: ChildProcessWithoutNullStreams;
  /** Events in the order in which they came. */
  readonly events: DebugProtocol.Event[] = [];
  readonly #closed: Promise<unknown[]>;

  constructor({ folder, home }: Desk, environment: Readonly<Record<string, string>> = {}) {
    super("", "", "tactus");
    this.defaultTimeout = 20_000;
    const env = { PATH: process.env["PATH"], HOME: home, ...environment };
    this.adapter = spawn(studioCommand, ["dap", "--stdio"], { cwd: folder, env });
    this.#closed = once(this.adapter, "close");
    this.connect(this.adapter.stdout, this.adapter.stdin);
  }

  override emit(name: string | symbol, ...given: unknown[]): boolean {
    const [event] = given;
    if (typeof event === "object" && event !== null && "event" in event)
      this.events.push(event as DebugProtocol.Event);
    return super.emit(name, ...given);
  }

  /** Everything that was written to a category of the console. */
  output(category: string): string {
    return this.events
      .filter(({ event, body }) => event === "output" && body?.category === category)
      .map(({ body }) => String(body?.output))
      .join("");
  }

  /** Launches, with the breakpoints already set by the caller or none. */
  async launched(launch: object): Promise<void> {
    await Promise.all([this.configurationSequence(), this.launch(launch)]);
  }

  /** Leaves, and waits until the adapter has ended; gives its exit code. */
  async leave(): Promise<number> {
    await this.disconnectRequest().catch(() => undefined);
    return this.vanish();
  }

  /** Goes away without a word. */
  async vanish(): Promise<number> {
    this.adapter.stdin.end();
    const [code] = await this.#closed;
    return Number(code);
  }
}
