/** The message of anything that was thrown, for people: never a stack, never `[object Object]`. */
export function errorText(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message || thrown.name;
  return String(thrown);
}
