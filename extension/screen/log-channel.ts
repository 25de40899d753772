import * as vscode from "vscode";
import { bounded } from "#common/visible-text.ts";

/** Characters of one entry. */
const longestEntry = 8000;

/**
 * The only output channel. What is written to it is made visible and cut, also what the language server and its client
 * write: their errors quote files.
 */
export class LogChannel implements vscode.LogOutputChannel {
  readonly #channel: vscode.LogOutputChannel;

  constructor(name: string) {
    this.#channel = vscode.window.createOutputChannel(name, { log: true });
  }

  get name(): string {
    return this.#channel.name;
  }

  get logLevel(): vscode.LogLevel {
    return this.#channel.logLevel;
  }

  get onDidChangeLogLevel(): vscode.Event<vscode.LogLevel> {
    return this.#channel.onDidChangeLogLevel;
  }

  trace(message: string, ...values: unknown[]): void {
    this.#channel.trace(entry(message, values));
  }

  debug(message: string, ...values: unknown[]): void {
    this.#channel.debug(entry(message, values));
  }

  info(message: string, ...values: unknown[]): void {
    this.#channel.info(entry(message, values));
  }

  warn(message: string, ...values: unknown[]): void {
    this.#channel.warn(entry(message, values));
  }

  error(error: string | Error, ...values: unknown[]): void {
    this.#channel.error(entry(wordsOf(error), values));
  }

  append(value: string): void {
    this.#channel.append(bounded(value, longestEntry));
  }

  appendLine(value: string): void {
    this.#channel.appendLine(bounded(value, longestEntry));
  }

  replace(value: string): void {
    this.#channel.replace(bounded(value, longestEntry));
  }

  clear(): void {
    this.#channel.clear();
  }

  show(_place?: unknown, preserveFocus?: boolean): void {
    this.#channel.show(preserveFocus);
  }

  hide(): void {
    this.#channel.hide();
  }

  dispose(): void {
    this.#channel.dispose();
  }
}

function entry(message: string, values: readonly unknown[]): string {
  return bounded([message, ...values.map(wordsOf)].join(" "), longestEntry);
}

function wordsOf(value: unknown): string {
  if (value instanceof Error) return value.stack ?? value.message;
  return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
}
