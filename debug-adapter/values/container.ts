import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Result } from "#common/result.ts";

/** The part of a value's children that a client asks for; all of them when it does not say. */
export interface Page {
  readonly filter?: "indexed" | "named" | undefined;
  readonly start?: number | undefined;
  readonly count?: number | undefined;
  readonly hex?: boolean | undefined;
}

/** Something with children that can be looked at. */
export interface Container {
  /** Whether the children are keys of the state, on which a run can stop. */
  readonly isState?: boolean;
  children(page: Page): Promise<readonly DebugProtocol.Variable[]>;
  /** Sets a child from text that was typed; absent where nothing can be set. */
  set?(name: string, text: string): Promise<Result<DebugProtocol.Variable, string>>;
}

/** What the client holds numbers for, from one stop to the next. */
export class References {
  readonly #containers = new Map<number, Container>();
  #last = 0;

  add(container: Container): number {
    this.#last += 1;
    this.#containers.set(this.#last, container);
    return this.#last;
  }

  get(reference: number): Container | undefined {
    return this.#containers.get(reference);
  }

  /** The run moved on: numbers that were given out mean nothing any more, and are not given out again. */
  clear(): void {
    this.#containers.clear();
  }
}
