import type { RunWorkspace } from "#sandbox/workspace/workspace.ts";

/** The files of a run that works on cases: each case begins with the folder as it is. */
export class CaseWorkspaces implements RunWorkspace {
  readonly #open: (number: number) => RunWorkspace;
  #number = 1;
  #current: RunWorkspace;

  /** `open` gives the files of the case `number`, with a place of its own for what it writes. */
  constructor(open: (number: number) => RunWorkspace) {
    this.#open = open;
    this.#current = open(this.#number);
  }

  /** What the case before wrote is not seen any more. */
  renew(): void {
    this.#number += 1;
    this.#current = this.#open(this.#number);
  }

  readonly read: RunWorkspace["read"] = (params) => this.#current.read(params);
  readonly write: RunWorkspace["write"] = (params) => this.#current.write(params);
  readonly readBytes: RunWorkspace["readBytes"] = (params) => this.#current.readBytes(params);
  readonly writeBytes: RunWorkspace["writeBytes"] = (params) => this.#current.writeBytes(params);
  readonly program: RunWorkspace["program"] = (params) => this.#current.program(params);
  readonly status: RunWorkspace["status"] = (params) => this.#current.status(params);
  readonly list: RunWorkspace["list"] = (params) => this.#current.list(params);
  readonly module: RunWorkspace["module"] = (params) => this.#current.module(params);

  /** What cases write is thrown away: there is nothing to show or to apply. */
  readonly changes: RunWorkspace["changes"] = async () => [];
}
