import { pathToFileURL } from "node:url";
import { DiagnosticSeverity } from "vscode-languageserver";
import type { Client } from "./client.ts";
import type { Contestant } from "./contestant.ts";

/** A document that is open in a session; edits go to the server the way it wants them. */
export class OpenDocument {
  readonly uri: string;
  readonly #client: Client;
  readonly #lines: string[];
  #version = 1;

  constructor(client: Client, { languageId }: Contestant, file: string, text: string) {
    this.#client = client;
    this.uri = pathToFileURL(file).href;
    this.#lines = text.split("\n");
    const textDocument = { uri: this.uri, languageId, version: this.#version, text };
    client.notify("textDocument/didOpen", { textDocument });
  }

  /** Replaces the characters from `from` up to `to` of a line. */
  edit(line: number, from: number, to: number, text: string): void {
    const old = this.#lines[line] ?? "";
    this.#lines[line] = old.slice(0, from) + text + old.slice(to);
    const range = { start: { line, character: from }, end: { line, character: to } };
    this.#version += 1;
    this.#client.notify("textDocument/didChange", {
      textDocument: { uri: this.uri, version: this.#version },
      contentChanges: [this.#client.takesWholeTexts ? { text: this.#lines.join("\n") } : { range, text }],
    });
  }

  setLine(line: number, text: string): void {
    this.edit(line, 0, this.#lines[line]?.length ?? 0, text);
  }

  at(line: number, character: number): object {
    return { textDocument: { uri: this.uri }, position: { line, character } };
  }

  /** Whether an error is known on a line, or on one beside it: servers differ in where they see it. */
  hasErrorAt(line: number): boolean {
    return (this.#client.findings.get(this.uri) ?? []).some(
      ({ severity, range }) =>
        (severity ?? DiagnosticSeverity.Error) === DiagnosticSeverity.Error &&
        Math.abs(range.start.line - line) <= 1,
    );
  }

  /**
   * Milliseconds from `since` until a test about the findings holds. A pulling client asks at once, and again while
   * answers are stale or cancelled; what is pushed first counts as well, since the person sees it just the same.
   */
  async foundWithin(since: number, test: () => boolean): Promise<number | string> {
    let isOver = false;
    const pulling = async (): Promise<void> => {
      for (let wait = 5; !isOver && this.#client.pulls; wait = Math.min(wait * 2, 100)) {
        await this.#pull();
        if (!isOver) await new Promise((resolve) => setTimeout(resolve, wait));
      }
    };
    const pulled = pulling();
    try {
      return (await this.#client.until(test)) - since;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      isOver = true;
      await pulled;
    }
  }

  async #pull(): Promise<void> {
    const identifier = this.#client.capabilities.diagnosticProvider?.identifier;
    const params = { textDocument: { uri: this.uri }, ...(identifier !== undefined && { identifier }) };
    try {
      const report = (await this.#client.request("textDocument/diagnostic", params)) as {
        kind: string;
        items?: [];
      } | null;
      if (report?.kind === "full") this.#client.store(this.uri, report.items ?? []);
    } catch {
      // Cancelled, or not ready yet: it is asked again.
    }
  }
}
