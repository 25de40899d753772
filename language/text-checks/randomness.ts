const placeholderWords =
  /x{4,}|0{6,}|\*{3,}|\.{3}|…|your|example|placeholder|dummy|sample|fake|redacted|change[-_]?me|insert|replace|secret[-_]?here|key[-_]?here|[<>{}$]|abcdef|1234567|test[-_]?(?:key|token)/i;

/** True for what stands in documentation where a key belongs: `sk-xxxx`, `your-api-key`, `${KEY}`. */
export function isPlaceholder(value: string): boolean {
  return placeholderWords.test(value);
}

/** True for UUIDs, which name things and open nothing. */
export function isUniqueId(value: string): boolean {
  return /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(value);
}

/** True for characters that are mixed as chance mixes them: not the same few, and not lower case alone. */
export function isVaried(value: string): boolean {
  if (!/\d/.test(value) && !(/[a-z]/.test(value) && /[A-Z]/.test(value))) return false;
  return bitsPerCharacter(value) >= Math.min(3.2, Math.log2(value.length) * 0.8);
}

/** As `isVaried`, for a text that nothing else marks as a key: letters and digits, and no word with a number behind. */
export function isRandom(value: string): boolean {
  return /\d/.test(value) && /[A-Za-z]/.test(value) && !/^[A-Za-z]+\d{1,4}$/.test(value) && isVaried(value);
}

/** Shannon's entropy of the characters; the most that n characters can have is log2(n). */
function bitsPerCharacter(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}
