/** The message of anything that was thrown, for people: never a stack, never `[object Object]`. */
export function errorText(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message || thrown.name;
  return String(thrown);
}

/** The code that the system or Node gave an error; of several addresses of one host, that of the first. */
export function errorCode(thrown: unknown): string | undefined {
  if (thrown instanceof AggregateError) return errorCode(thrown.errors[0]);
  return thrown instanceof Error && "code" in thrown ? String(thrown.code) : undefined;
}
