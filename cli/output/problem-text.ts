import pc from "picocolors";
import { bounded } from "#common/visible-text.ts";

/** One clear message for standard error; the text may quote a file or an engine. */
export function problemText(message: string): string {
  return `${pc.red("tactus-studio:")} ${bounded(message, 4000)}`;
}
