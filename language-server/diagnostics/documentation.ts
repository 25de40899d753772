/** Where a code is explained. */
export function documentationOf(code: string): string {
  return `https://github.com/tactus-studio/tactus-studio/blob/main/docs/diagnostics.md#${code}`;
}
