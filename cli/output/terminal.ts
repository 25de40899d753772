import pc from "picocolors";
import { visibleJson, visibleText } from "#common/visible-text.ts";

/**
 * The only way to standard output and standard error. Whoever prints makes foreign text fit for its place; whatever
 * they let pass is caught here: nothing but colours of ours, line feeds and tabs reaches a terminal as a control.
 */

/** A line, or several, for the person or the program that reads standard output. */
export function print(text: string): void {
  process.stdout.write(`${screenText(text)}\n`);
}

/** Text without the end of its line, as it streams. */
export function printPart(text: string): void {
  process.stdout.write(screenText(text));
}

/** A value as one line of JSON; what can't be seen is escaped in it, so that it may stand on a terminal too. */
export function printJson(value: unknown): void {
  process.stdout.write(`${visibleJson(value)}\n`);
}

/** What a program asked for byte by byte: a file's text that is to be written back. */
export function printExactly(text: string): void {
  process.stdout.write(text);
}

/** A line for the person alone, on standard error. */
export function printAside(text: string): void {
  process.stderr.write(`${screenText(text)}\n`);
}

/** Standard error as the other side of a conversation: what is asked there goes through `screenText` as well. */
export const conversationStream: NodeJS.WriteStream = process.stderr;

/** Whether a person may be watching while text streams. */
export function isWatched(): boolean {
  return process.stdout.isTTY === true;
}

/** Ends the program when the reader of its output has gone away (`| head`): nobody is left to be told anything. */
export function leaveWithoutReader(exitCode: number): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(exitCode);
    throw error;
  });
}

/** Resolves when everything that was printed has left: a pipe with a slow reader takes a moment. */
export async function flushPrinted(): Promise<void> {
  const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
    new Promise((resolve) => stream.write("", () => resolve()));
  await Promise.all([process.stdout, process.stderr].map(flushed));
}

/** Colours and weights as picocolors writes them. */
const style = new RegExp(String.raw`(${String.fromCharCode(27)}\[\d{1,2}m)`);

/** Text of ours with foreign text in it: its styles stay when there are any, every other control is shown. */
export function screenText(text: string): string {
  if (!pc.isColorSupported) return visibleText(text);
  return text
    .split(style)
    .map((part, index) => (index % 2 === 1 ? part : visibleText(part)))
    .join("");
}
