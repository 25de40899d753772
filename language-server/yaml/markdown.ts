import { oneLine } from "#common/visible-text.ts";

/** Foreign text as code: shown as it is, whatever it holds. */
export function code(text: string, most = 80): string {
  const shown = oneLine(text, most);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const isPadded = shown === "" || shown.startsWith("`") || shown.endsWith("`");
  return isPadded ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`;
}

/** Foreign text as words: nothing in it is markup, a link or an image. */
export function words(text: string, most = 400): string {
  return oneLine(text, most).replace(/[\\`*_{}[\]()<>#+\-!|~&:/@.]/g, "\\$&");
}
