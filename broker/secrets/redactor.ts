import { isJsonObject } from "#common/json.ts";
import { replaceSpans } from "#common/replace-spans.ts";
import { encodedKeys, keyShapes } from "./key-shapes.ts";
import { minimumSecretLength, secretForms } from "./secret-forms.ts";
import { SecretPieces } from "./secret-pieces.ts";

/** What stands in place of a secret. */
const redactedText = "[redacted]";

/** Text with escapes of addresses or of JSON in it, as far as it may be one value. */
const escapedRun = /(?:[\w.~+/=-]|%[0-9A-Fa-f]{2}|\\u00[0-9A-Fa-f]{2}){8,}/g;
const oneEscape = /(?:%|\\u00)([0-9A-Fa-f]{2})/g;
/** Escapes of escapes, so often. */
const mostUnescapings = 3;

/** What a key that is still arriving may consist of, and what announces one. */
const wordCharacter = /[\w!#$%&*+./:=?@\\^~|-]/;
const announcement = /[Bb]earer {1,4}$/;
const longestWord = 4096;

/**
 * The choke point: every event and every answer passes through it. Knows the secrets of this process and removes
 * them in every form of `secretForms`, whole or cut, and whatever looks like a key of a well-known service.
 */
export class Redactor {
  readonly #secrets = new Set<string>();
  #forms: readonly string[] = [];
  #pattern: RegExp = patternOf([]);
  #pieces = new SecretPieces([]);

  constructor(secrets: Iterable<string> = []) {
    this.#learn(secrets);
  }

  /** Learns a secret. Values below `minimumSecretLength` characters are not searched for. */
  add(secret: string): void {
    this.#learn([secret]);
  }

  text(text: string): string {
    if (text.length < minimumSecretLength) return text;
    // Escapes first: what is plain of a secret must not be taken away from what is escaped of it.
    const shown = this.#withoutEscaped(text).replace(this.#pattern, redactedText);
    return this.#pieces.hide(replaceSpans(shown, encodedKeys(shown), redactedText), redactedText);
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
    let cut = text.length - Math.max(openWord(text), openTail(text, this.#forms));
    if (cut < text.length) {
      for (const match of text.matchAll(this.#pattern)) {
        const end = match.index + match[0].length;
        if (match.index < cut && end > cut) cut = end;
      }
    }
    return { ready: this.text(text.slice(0, cut)), held: text.slice(cut) };
  }

  #learn(secrets: Iterable<string>): void {
    const known = this.#secrets.size;
    for (const secret of secrets) {
      const value = secret.trim();
      if (value.length >= minimumSecretLength) this.#secrets.add(value);
    }
    if (this.#secrets.size === known) return;
    this.#forms = [...new Set([...this.#secrets].flatMap(secretForms))];
    this.#pattern = patternOf(this.#forms);
    this.#pieces = new SecretPieces(this.#forms);
  }

  /** Removes what is a secret once its escapes are read, whichever of its characters are escaped. */
  #withoutEscaped(text: string): string {
    if (!text.includes("%") && !text.includes("\\u")) return text;
    return text.replace(escapedRun, (run) => {
      const plain = unescaped(run);
      return plain !== run && plain.replace(this.#pattern, "") !== plain ? redactedText : run;
    });
  }

  #items(items: readonly unknown[]): readonly unknown[] {
    let redacted: unknown[] | undefined;
    for (const [index, item] of items.entries()) {
      const kept = this.value(item);
      if (kept === item) continue;
      redacted ??= [...items];
      redacted[index] = kept;
    }
    return redacted ?? items;
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

function unescaped(run: string): string {
  let text = run;
  for (let time = 0; time < mostUnescapings; time++)
    text = text.replace(oneEscape, (_escape, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return text;
}

/** Length of the unfinished word at the end of a text, with what announces that it is a key. */
function openWord(text: string): number {
  let start = text.length;
  while (start > 0 && text.length - start < longestWord && wordCharacter.test(text[start - 1] ?? "")) start--;
  const [announced = ""] = announcement.exec(text.slice(Math.max(0, start - 10), start)) ?? [];
  return text.length - start + announced.length;
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
  return new RegExp([...sorted, ...keyShapes].join("|"), "g");
}

/** `RegExp.escape` would do it, but the editor's Node does not have it yet. */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
