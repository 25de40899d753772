/**
 * Shorter values are not searched for: they would be found in ordinary text, and no provider issues such keys.
 */
export const minimumSecretLength = 8;

/** Lines of a secret that are secrets by themselves: a program may show them one by one. */
const shortestLine = 16;

/**
 * The texts under which a secret may show up: as it is, line by line, in JSON (and JSON in JSON), URL-encoded, in
 * hexadecimal digits, and in base64 wherever it starts.
 */
export function secretForms(secret: string): string[] {
  const lines = secret.split(/\r?\n/).filter((line) => line.length >= shortestLine);
  const forms = [secret, ...lines].flatMap(formsOf);
  return [...new Set(forms)].filter((form) => form.length >= minimumSecretLength);
}

function formsOf(secret: string): string[] {
  const encoded = encodeURIComponent(secret);
  const inJson = escapedInJson(secret);
  const hexadecimal = Buffer.from(secret, "utf8").toString("hex");
  const base64 = [0, 1, 2].map((offset) => base64Within(secret, offset));
  return [
    secret,
    inJson,
    escapedInJson(inJson),
    encoded,
    lowerCaseEscapes(encoded),
    hexadecimal,
    hexadecimal.toUpperCase(),
    ...base64,
    ...base64.map(urlSafe),
  ];
}

/**
 * What of the base64 of a longer text is determined by the secret alone, when it starts `offset` bytes after a group
 * of three: the characters at the two edges also carry bits of the neighbours, so they are left out.
 */
export function base64Within(secret: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret, "utf8")]);
  const first = Math.ceil((offset * 8) / 6);
  const end = Math.floor((bytes.length * 8) / 6);
  return bytes.toString("base64").slice(first, end);
}

/** Base64 as it stands in addresses. */
export function urlSafe(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}

function escapedInJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function lowerCaseEscapes(encoded: string): string {
  return encoded.replace(/%[0-9A-F]{2}/g, (sequence) => sequence.toLowerCase());
}
