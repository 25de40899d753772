import { knownKeys } from "#common/known-keys.ts";
import type { Span } from "#language/syntax/tree.ts";
import { isPlaceholder, isRandom, isUniqueId, isVaried } from "#language/text-checks/randomness.ts";

/** A part of a text that looks like a key; it is never repeated in a message. */
export interface Secret extends Span {
  /** What it seems to be, with its article: `an OpenAI API key`. */
  readonly kind: string;
}

/** Keys are shorter, apart from those in PEM, whose first line is enough. */
const longestValue = 400;

/** Each key under the ways that it may begin, with its sticky pattern. */
const keysByHead = new Map(
  knownKeys.flatMap(({ heads, body, ...key }) =>
    heads.map((head) => [head, { ...key, pattern: new RegExp(body, "y") }] as const),
  ),
);

/** A head that is part of a longer word begins nothing. */
const anyHead = new RegExp(Array.from(keysByHead.keys(), headPattern).join("|"), "g");

/**
 * What looks like a key in the content of one string; spans are relative to it. `name` is the variable or the field
 * that the string is given to: beside keys whose issuers mark them, it makes any random text count that is called a
 * password or a token. Placeholders, names of variables, UUIDs and plain words are no secrets.
 */
export function findSecrets(text: string, name?: string): Secret[] {
  const secrets = markedKeys(text);
  if (secrets.length > 0 || name === undefined || !isSecretName(name)) return secrets;
  return looksRandom(text) ? [{ start: 0, end: text.length, kind: "a key or a password" }] : [];
}

/** True for names that say that their value is to be kept secret: `api_key`, `accessToken`, `db-password`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== "");
  const last = words.at(-1) ?? "";
  if (describing.has(last) || words.some((word) => counted.has(word))) return false;
  if (words.some((word) => secretWords.has(word)) || last === "token") return true;
  return last === "key" && words.some((word) => keyKinds.has(word));
}

const secretWords: ReadonlySet<string> = new Set(
  "password passwd pwd passphrase secret secrets credential credentials apikey apitoken authtoken".split(" "),
);
const keyKinds: ReadonlySet<string> = new Set(
  "api access private auth signing encryption master service account openai anthropic google aws".split(" "),
);
/** What stands behind such a word when the value is no secret itself. */
const describing: ReadonlySet<string> = new Set(
  "name id url uri path file env var variable type field prompt header label description placeholder hint".split(
    " ",
  ),
);
/** Tokens that models count or stop at. */
const counted: ReadonlySet<string> = new Set("max min stop pad eos bos sep mask special next per".split(" "));

/** The keys that begin in a way that only their issuer uses. */
function markedKeys(text: string): Secret[] {
  const secrets: Secret[] = [];
  anyHead.lastIndex = 0;
  for (let match = anyHead.exec(text); match; match = anyHead.exec(text)) {
    const secret = keyAt(text, match.index, match[0]);
    if (!secret) continue;
    secrets.push(secret);
    anyHead.lastIndex = secret.end;
  }
  return secrets;
}

function headPattern(head: string): string {
  return (/^\w/.test(head) ? "(?<![\\w-])" : "") + head.replaceAll(".", "\\.");
}

function keyAt(text: string, start: number, head: string): Secret | undefined {
  const key = keysByHead.get(head);
  if (!key) return undefined;
  key.pattern.lastIndex = start;
  const match = key.pattern.exec(text);
  if (!match) return undefined;
  const secret = match[1] ?? match[0];
  if (!key.isFixed && (isPlaceholder(secret) || !isVaried(secret))) return undefined;
  const end = start + match[0].length;
  return { start: end - secret.length, end, kind: key.kind };
}

/** No blanks, and a stretch of letters and digits that is no word. */
function looksRandom(value: string): boolean {
  if (value.length < 8 || value.length > longestValue) return false;
  if (!/^[\x21-\x7e]+$/.test(value) || isPlaceholder(value) || isUniqueId(value)) return false;
  if (/^(?:[a-z][a-z\d+.-]*:|[./~$%{<])/i.test(value)) return false;
  return value.split(/[-_./:]/).some((part) => part.length >= 8 && isRandom(part));
}
