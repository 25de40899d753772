import type { RecordedEntry, RecordedStart } from "#protocol/wire/recorded.ts";
import type { RuntimePorts } from "../ports.ts";

/** The entries of a run's journal, fetched from the host as they are needed. */
export class RecordedEntries {
  readonly #ports: Pick<RuntimePorts, "request">;
  readonly #completed: number;
  #fetched: readonly RecordedEntry[] = [];
  /** Position of the first fetched entry. */
  #offset = 0;
  #position = 0;
  #exhausted: boolean;

  constructor(ports: Pick<RuntimePorts, "request">, recorded: RecordedStart | undefined) {
    this.#ports = ports;
    this.#completed = recorded?.entries ?? 0;
    this.#exhausted = recorded === undefined;
  }

  /** True while there are completed entries that the procedure has not come to. */
  get remain(): boolean {
    return this.#position < this.#completed;
  }

  /** The entry that comes next; also one that was not completed. */
  get next(): RecordedEntry | undefined {
    const fetched = this.#fetched[this.#position - this.#offset];
    if (fetched || this.#exhausted) return fetched;
    const { entries } = this.#ports.request("journal.read", { from: this.#position });
    this.#fetched = entries;
    this.#offset = this.#position;
    this.#exhausted = entries.length === 0;
    return entries[0];
  }

  /** Goes on to the entry after this one. */
  advance(): void {
    this.#position++;
  }

  /** Forgets what is left. */
  drop(): void {
    this.#fetched = [];
    this.#exhausted = true;
  }
}
