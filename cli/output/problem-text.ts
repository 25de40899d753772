import pc from "picocolors";
import { continuedText } from "./framed-lines.ts";
import { printAside } from "./terminal.ts";

/** One clear message on standard error; the text may quote a file or an engine. */
export function printProblem(message: string): void {
  printAside(`${pc.red("tactus-studio:")} ${continuedText(message, 4000)}`);
}
