import type { Position } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Random } from "./random.ts";
import type { Place } from "./request-kinds.ts";
import type { ServerProcess } from "./server-process.ts";

/** The client's side of one document whose text is replaced again and again, in all the ways an editor can. */
export class FuzzedDocument {
  readonly #server: ServerProcess;
  readonly #language: string;
  readonly uri: string;
  #document: TextDocument | undefined;
  #typed = "";
  #before = "";

  constructor(server: ServerProcess, uri: string, language: string) {
    this.#server = server;
    this.uri = uri;
    this.#language = language;
  }

  get text(): string {
    return this.#document?.getText() ?? "";
  }

  /** The text that was replaced by this one. */
  get before(): string {
    return this.#before;
  }

  /** Opens the document with a text; one that is open is closed before. */
  async open(text: string): Promise<void> {
    this.#before = this.text;
    await this.close();
    this.#document = TextDocument.create(this.uri, this.#language, 1, text);
    this.#typed = text.at(-1) ?? "";
    const { uri, languageId, version } = this.#document;
    await this.#send("textDocument/didOpen", { textDocument: { uri, languageId, version, text } });
  }

  /** Gives the open document a new text by replacing the part that differs. */
  async edit(text: string): Promise<void> {
    const document = this.#document;
    if (!document) return this.open(text);
    const old = document.getText();
    this.#before = old;
    const before = commonPrefix(old, text);
    const after = commonSuffix(old.slice(before), text.slice(before));
    const range = { start: document.positionAt(before), end: document.positionAt(old.length - after) };
    const inserted = text.slice(before, text.length - after);
    this.#typed = inserted.at(-1) ?? "";
    await this.#change([{ range, text: inserted }]);
    // A position can't name the place between the two halves of a line break: then the text is sent whole.
    if (this.text !== text) await this.#change([{ text }]);
  }

  async replace(text: string): Promise<void> {
    if (!this.#document) return this.open(text);
    this.#before = this.text;
    this.#typed = text.at(-1) ?? "";
    await this.#change([{ text }]);
  }

  async close(): Promise<void> {
    if (!this.#document) return;
    this.#document = undefined;
    await this.#send("textDocument/didClose", { textDocument: { uri: this.uri } });
  }

  /** A place in the text at two offsets; `strays` makes it a place that the text does not have. */
  placeAt(first: number, second: number, strays = false): Place {
    const document = this.#document ?? TextDocument.create(this.uri, this.#language, 0, "");
    const [start, end] = [
      document.positionAt(Math.min(first, second)),
      document.positionAt(Math.max(first, second)),
    ];
    const position = strays ? stray(start) : document.positionAt(first);
    return {
      uri: this.uri,
      text: document.getText(),
      position,
      range: { start, end: strays ? stray(end) : end },
      positions: [position, end],
      typed: this.#typed,
      findings: this.#server.published.get(this.uri)?.diagnostics ?? [],
      tokensId: "1",
    };
  }

  /** A place anywhere, now and then one beyond the end of its line or of the text. */
  randomPlace(random: Random): Place {
    const offset = (): number => random.below(this.text.length + 1);
    return this.placeAt(offset(), offset(), random.chance(0.03));
  }

  async #change(changes: readonly object[]): Promise<void> {
    if (!this.#document) return;
    const version = this.#document.version + 1;
    this.#document = TextDocument.update(this.#document, changes as never, version);
    await this.#send("textDocument/didChange", {
      textDocument: { uri: this.uri, version },
      contentChanges: changes,
    });
  }

  #send(method: string, params: object): Promise<void> {
    return this.#server.connection.sendNotification(method, params);
  }
}

function stray({ line, character }: Position): Position {
  return { line: line + 1000, character: character + 1_000_000 };
}

function commonPrefix(left: string, right: string): number {
  const limit = Math.min(left.length, right.length);
  let length = 0;
  while (length < limit && left.charCodeAt(length) === right.charCodeAt(length)) length++;
  return length;
}

function commonSuffix(left: string, right: string): number {
  const limit = Math.min(left.length, right.length);
  let length = 0;
  while (
    length < limit &&
    left.charCodeAt(left.length - 1 - length) === right.charCodeAt(right.length - 1 - length)
  )
    length++;
  return length;
}
