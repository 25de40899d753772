const remembered = 100;

/**
 * The codes of failures that were raised in Lua, by their text: a procedure that catches an error and raises it again
 * (`error(message)`) passes on nothing but the text.
 */
export class RaisedCodes {
  readonly #codes = new Map<string, string>();

  remember(message: string, code: string): void {
    this.#codes.delete(message);
    this.#codes.set(message, code);
    const [oldest] = this.#codes.keys();
    if (this.#codes.size > remembered && oldest !== undefined) this.#codes.delete(oldest);
  }

  codeOf(message: string): string | undefined {
    return this.#codes.get(message);
  }
}
