import pc from "picocolors";
import { withoutKeys } from "#language/text-checks/hidden-keys.ts";
import { continuedText } from "./framed-lines.ts";
import { printAside } from "./terminal.ts";

/** One clear message on standard error; the text may quote a file or an engine, whose keys are not repeated. */
export function printProblem(message: string): void {
  printAside(`${pc.red("tactus-studio:")} ${continuedText(withoutKeys(message), 4000)}`);
}
