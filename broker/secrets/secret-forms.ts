/**
 * Shorter values are not searched for: they would be found in ordinary text, and no provider issues such keys.
 */
export const minimumSecretLength = 8;

/** The texts under which a secret may show up: as it is, in JSON, URL-encoded, and in base64 wherever it starts. */
export function secretForms(secret: string): string[] {
  const encoded = encodeURIComponent(secret);
  const inJson = JSON.stringify(secret).slice(1, -1);
  const base64 = [0, 1, 2].map((offset) => base64Within(secret, offset));
  const forms = [secret, inJson, encoded, lowerCaseEscapes(encoded), ...base64, ...base64.map(urlSafe)];
  return [...new Set(forms)].filter((form) => form.length >= minimumSecretLength);
}

/**
 * What of the base64 of a longer text is determined by the secret alone, when it starts `offset` bytes after a group
 * of three: the characters at the two edges also carry bits of the neighbours, so they are left out.
 */
function base64Within(secret: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret, "utf8")]);
  const first = Math.ceil((offset * 8) / 6);
  const end = Math.floor((bytes.length * 8) / 6);
  return bytes.toString("base64").slice(first, end);
}

function urlSafe(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}

function lowerCaseEscapes(encoded: string): string {
  return encoded.replace(/%[0-9A-F]{2}/g, (sequence) => sequence.toLowerCase());
}
