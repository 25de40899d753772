import { type KnownKey, knownKeys } from "#common/known-keys.ts";
import { base64Within, urlSafe } from "./secret-forms.ts";

/** What begins as only one service's keys begin. */
type KeyShape = Pick<KnownKey, "heads" | "body">;

/** Wider than what a check tells a person of: a false alarm costs a word here. */
const widerShapes: readonly KeyShape[] = [
  ["[A-Za-z0-9_-]{20,}", "sk-", "gsk_", "xai-", "pplx-", "glpat-", "gldt-", "glrt-"],
  ["[A-Za-z0-9]{16,}", "sk_live_", "rk_live_", "sk_test_", "whsec_"],
  ["[A-Za-z0-9]{36,}", "ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
  ["[A-Za-z0-9_]{40,}", "github_pat_"],
  ["[A-Za-z0-9-]{10,}", "xoxa-", "xoxb-", "xoxp-", "xoxr-", "xoxs-", "xapp-"],
  ["[A-Za-z0-9]{30,}", "npm_", "hf_"],
  ["[A-Za-z0-9_-]{50,}", "pypi-"],
  ["[0-9a-f]{64}", "dop_v1_"],
].map(([tail, ...heads]) => ({ heads, body: `(?:${heads.join("|")})${tail}` }));

/** Keys of well-known services, whoever's they are. */
const prefixedKeys: readonly KeyShape[] = [
  ...widerShapes,
  ...knownKeys.filter(({ isFramed }) => isFramed !== true),
];

/**
 * Secrets that are known by what stands around them. Each is written so that a text of many beginnings is still read in
 * one pass: the sandbox chooses the texts.
 */
const framedSecrets: readonly string[] = [
  // JSON Web Tokens: two parts of base64 that begin with a brace, and a signature.
  "(?<![\\w-])eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]*",
  "(?<=\\b[Bb]earer {1,4})[A-Za-z0-9._~+/-]{20,}=*",
  "(?<=\\bAccountKey=)[A-Za-z0-9+/]{60,}={0,2}",
  "(?<=\\bhooks\\.slack\\.com/services/)T\\w{6,20}/B\\w{6,20}/\\w{16,}",
  // Name and password in an address.
  "(?<=://)[^\\s/:@\"']{1,200}:[^\\s/@\"']{3,200}(?=@)",
  "-----BEGIN [A-Z0-9 ]{0,60}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----(?:BEGIN|END) )[^]){0,20000}(?:-----END [A-Z0-9 ]{0,60}PRIVATE KEY(?: BLOCK)?-----)?",
];

const plainKeys = prefixedKeys.map(({ body }) => body);

/** Regular expressions of values that look like keys, as they are. */
export const keyShapes: readonly string[] = [...plainKeys.map((shape) => `\\b${shape}`), ...framedSecrets];

const anyPlainKey = new RegExp(`^(?:${plainKeys.join("|")})`);

/** Where a prefix may stand in base64. */
interface EncodedPrefix {
  /** Bytes before it in its group of three. */
  readonly offset: number;
  /** The characters in which they end and it begins, with zeros for them. */
  readonly before: string;
}

/** The prefixes in base64, without the characters that they share with others. */
const encodedPrefixes: ReadonlyMap<string, readonly EncodedPrefix[]> = encodedForms();
const anyEncodedPrefix = new RegExp([...encodedPrefixes.keys()].map(escapedPlus).join("|"), "g");
/** Characters that tell whether it is a key. */
const mostDecoded = 160;
const encodedRun = /[A-Za-z0-9+/_-]{24,600}/y;

/** Where base64 that holds the key of a service starts and ends in a text. */
export function* encodedKeys(text: string): Generator<{ readonly start: number; readonly end: number }> {
  anyEncodedPrefix.lastIndex = 0;
  for (let found = anyEncodedPrefix.exec(text); found; found = anyEncodedPrefix.exec(text)) {
    encodedRun.lastIndex = found.index;
    const [run = ""] = encodedRun.exec(text) ?? [];
    const start = run.slice(0, mostDecoded);
    const holdsKey = (encodedPrefixes.get(found[0]) ?? []).some((place) =>
      anyPlainKey.test(decoded(start, place)),
    );
    const end = found.index + (holdsKey ? run.length : 1);
    if (holdsKey) yield { start: found.index, end };
    // Whoever takes the keys may have looked at other texts meanwhile.
    anyEncodedPrefix.lastIndex = end;
  }
}

function decoded(run: string, { offset, before }: EncodedPrefix): string {
  return Buffer.from(before + run, "base64")
    .subarray(offset)
    .toString("latin1");
}

function encodedForms(): ReadonlyMap<string, readonly EncodedPrefix[]> {
  const forms = new Map<string, EncodedPrefix[]>();
  for (const prefix of new Set(prefixedKeys.flatMap(({ heads }) => heads))) {
    for (const offset of [0, 1, 2]) {
      const within = base64Within(prefix, offset);
      const whole = Buffer.concat([Buffer.alloc(offset), Buffer.from(prefix)]).toString("base64");
      const place = { offset, before: whole.slice(0, whole.indexOf(within)) };
      for (const form of new Set([within, urlSafe(within)]))
        forms.set(form, [...(forms.get(form) ?? []), place]);
    }
  }
  return forms;
}

function escapedPlus(text: string): string {
  return text.replaceAll("+", "\\+").replaceAll("/", "\\/");
}
