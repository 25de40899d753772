import type { Json } from "#common/json.ts";

/** The text is no literal; the message says where. */
export class LiteralError extends Error {}

const words: Readonly<Record<string, Json>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  null: null,
  None: null,
  nil: null,
};

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", "0": "\0" };

/** Deeper values are no literals of a step. */
const deepest = 50;

/** Reads JSON as well as a literal of Python: either quotes, `True`, `None`, tuples, a comma at the end. */
export function parseLiteral(text: string): Json {
  const reader = new LiteralReader(text);
  return reader.readWhole();
}

class LiteralReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readWhole(): Json {
    const value = this.#value(0);
    this.#skipBlanks();
    if (this.#at < this.#text.length) this.#refuse("the end");
    return value;
  }

  #value(depth: number): Json {
    if (depth > deepest) this.#refuse("a value that is not nested so deep");
    this.#skipBlanks();
    const next = this.#text[this.#at] ?? "";
    if (next === "{") return this.#object(depth);
    if (next === "[") return this.#list("]", depth);
    if (next === "(") return this.#list(")", depth);
    if (next === '"' || next === "'") return this.#string();
    return this.#word();
  }

  #object(depth: number): Json {
    const entries: [string, Json][] = [];
    this.#at++;
    while (!this.#takes("}")) {
      const key = this.#value(depth + 1);
      if (typeof key === "object") this.#refuse("a name");
      if (!this.#takes(":")) this.#refuse("`:`");
      entries.push([String(key), this.#value(depth + 1)]);
      this.#separator("}");
    }
    return Object.fromEntries(entries);
  }

  #list(close: "]" | ")", depth: number): Json {
    const items: Json[] = [];
    this.#at++;
    while (!this.#takes(close)) {
      items.push(this.#value(depth + 1));
      this.#separator(close);
    }
    return items;
  }

  #separator(close: string): void {
    this.#skipBlanks();
    if (!this.#takes(",") && this.#text[this.#at] !== close) this.#refuse(`\`,\` or \`${close}\``);
  }

  #string(): string {
    const quote = this.#text[this.#at++];
    let value = "";
    for (;;) {
      const next = this.#text[this.#at++];
      if (next === undefined) this.#refuse(`${quote}`);
      if (next === quote) return value;
      value += next === "\\" ? this.#escape() : next;
    }
  }

  #escape(): string {
    const next = this.#text[this.#at++] ?? "";
    if (next !== "u") return escapes[next] ?? next;
    const digits = this.#text.slice(this.#at, this.#at + 4);
    if (!/^[\da-fA-F]{4}$/.test(digits)) this.#refuse("four hexadecimal digits");
    this.#at += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #word(): Json {
    const [word] = /^[\w.+-]+/.exec(this.#text.slice(this.#at)) ?? [""];
    if (word !== "" && Object.hasOwn(words, word)) {
      this.#at += word.length;
      return words[word] ?? null;
    }
    if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(word)) this.#refuse("a value");
    this.#at += word.length;
    return Number(word);
  }

  #takes(text: string): boolean {
    this.#skipBlanks();
    if (this.#text[this.#at] !== text) return false;
    this.#at++;
    return true;
  }

  #skipBlanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? "")) this.#at++;
  }

  #refuse(expected: string): never {
    throw new LiteralError(`${expected} is missing at character ${this.#at + 1} of ${this.#text}`);
  }
}
