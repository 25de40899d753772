import { isJsonObject } from "#common/json.ts";
import { keyPatterns, openKeyLength } from "./key-shapes.ts";
import { minimumSecretLength, secretForms } from "./secret-forms.ts";

/** What stands in place of a secret. */
const redactedText = "[redacted]";

/**
 * The choke point: every event and every answer passes through it. Knows the secrets of this process and removes
 * them in every form of `secretForms`.
 */
export class Redactor {
  #forms: string[] = [];
  #pattern: RegExp = patternOf([]);

  constructor(secrets: Iterable<string> = []) {
    for (const secret of secrets) this.add(secret);
  }

  /** Learns a secret. Values below `minimumSecretLength` characters are not searched for. */
  add(secret: string): void {
    const value = secret.trim();
    if (value.length < minimumSecretLength || this.#forms.includes(value)) return;
    this.#forms = [...new Set([...this.#forms, ...secretForms(value)])];
    this.#pattern = patternOf(this.#forms);
  }

  text(text: string): string {
    return text.length < minimumSecretLength ? text : text.replace(this.#pattern, redactedText);
  }

  /** A JSON value without secrets, in texts and in keys; the same object when it holds none. */
  value<Value>(value: Value): Value;
  value(value: unknown): unknown {
    if (typeof value === "string") return this.text(value);
    if (Array.isArray(value)) return this.#items(value);
    return isJsonObject(value) ? this.#entries(value) : value;
  }

  /**
   * Cuts the unfinished start of a text that arrives in pieces: `ready` is redacted and may be shown, `held` may be
   * the start of a secret whose rest is yet to come, and is to be put before the next piece.
   */
  split(text: string): { readonly ready: string; readonly held: string } {
    let cut = text.length - Math.max(openTail(text, this.#forms), openKeyLength(text));
    if (cut < text.length) {
      for (const match of text.matchAll(this.#pattern)) {
        const end = match.index + match[0].length;
        if (match.index < cut && end > cut) cut = end;
      }
    }
    return { ready: this.text(text.slice(0, cut)), held: text.slice(cut) };
  }

  #items(items: readonly unknown[]): readonly unknown[] {
    const redacted = items.map((item) => this.value(item));
    return redacted.some((item, index) => item !== items[index]) ? redacted : items;
  }

  #entries(object: Readonly<Record<string, unknown>>): unknown {
    let changed = false;
    const redacted = Object.entries(object).map(([key, before]) => {
      const entry = [this.text(key), this.value(before)] as const;
      changed ||= entry[0] !== key || entry[1] !== before;
      return entry;
    });
    return changed ? Object.fromEntries(redacted) : object;
  }
}

/** Length of the longest end of the text with which a form begins, without being complete. */
function openTail(text: string, forms: readonly string[]): number {
  const last = text.charCodeAt(text.length - 1);
  let longest = 0;
  for (const form of forms) {
    for (let length = Math.min(form.length - 1, text.length); length > longest; length--) {
      if (form.charCodeAt(length - 1) === last && text.endsWith(form.slice(0, length))) longest = length;
    }
  }
  return longest;
}

/** Longer forms first: a form that begins with another must not leave its tail behind. */
function patternOf(forms: readonly string[]): RegExp {
  const sorted = [...forms].sort((a, b) => b.length - a.length).map(escaped);
  return new RegExp([...sorted, ...keyPatterns].join("|"), "g");
}

/** `RegExp.escape` would do it, but the editor's Node does not have it yet. */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
