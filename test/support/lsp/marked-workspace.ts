import { expect } from "vitest";
import type { Position, Range } from "vscode-languageserver";
import { type ClientOptions, LanguageClient } from "./language-client.ts";
import { type MarkedText, readMarks } from "./marked-text.ts";
import { WorkspaceFolder } from "./workspace-folder.ts";

/** A workspace on the disk whose `.tac` files are open, and a server over it. Texts have marks, see `readMarks`. */
export class MarkedWorkspace {
  readonly folder: WorkspaceFolder;
  readonly client: LanguageClient;
  readonly #texts: ReadonlyMap<string, MarkedText>;

  private constructor(
    folder: WorkspaceFolder,
    client: LanguageClient,
    texts: ReadonlyMap<string, MarkedText>,
  ) {
    this.folder = folder;
    this.client = client;
    this.#texts = texts;
  }

  /** Starts a server and waits until it knows all files. */
  static async open(
    files: Readonly<Record<string, string>>,
    options: Omit<ClientOptions, "folders"> = {},
  ): Promise<MarkedWorkspace> {
    const texts = new Map(Object.entries(files).map(([name, marked]) => [name, readMarks(marked)]));
    const folder = new WorkspaceFolder(
      Object.fromEntries([...texts].map(([name, { text }]) => [name, text])),
    );
    const client = await LanguageClient.start({ ...options, folders: [folder.uri] });
    const workspace = new MarkedWorkspace(folder, client, texts);
    for (const [name, { text }] of texts)
      if (name.endsWith(".tac")) await client.open(folder.uriOf(name), text);
    await expect.poll(() => client.calls.isQuiescent, { timeout: 20_000 }).toBe(true);
    return workspace;
  }

  uri(name: string): string {
    return this.folder.uriOf(name);
  }

  /** Without marks. */
  text(name: string): string {
    return this.#marks(name).text;
  }

  /** The name of a file by its URI. */
  nameOf(uri: string): string {
    return decodeURIComponent(uri.slice(this.folder.uri.length + 1));
  }

  cursor(name: string, index = 0): Position {
    const found = this.#marks(name).cursors[index];
    if (!found) throw new Error(`There is no cursor ${index} in ${name}.`);
    return found;
  }

  range(name: string, index = 0): Range {
    const found = this.#marks(name).ranges[index];
    if (!found) throw new Error(`There is no range ${index} in ${name}.`);
    return found;
  }

  /** A request about the place of a cursor. */
  ask<Answer>(method: string, name: string, more: object = {}, index = 0): Promise<Answer> {
    return this.client.request<Answer>(`textDocument/${method}`, {
      textDocument: { uri: this.uri(name) },
      position: this.cursor(name, index),
      ...more,
    });
  }

  /** A request about a whole document. */
  askDocument<Answer>(method: string, name: string, more: object = {}): Promise<Answer> {
    return this.client.request<Answer>(`textDocument/${method}`, {
      textDocument: { uri: this.uri(name) },
      ...more,
    });
  }

  /** `main.tac 2:10-2:16`, lines and columns from 0. */
  shown(uri: string, { start, end }: Range): string {
    return `${this.nameOf(uri)} ${start.line}:${start.character}-${end.line}:${end.character}`;
  }

  /** The text of a range of a file. */
  textIn(uri: string, { start, end }: Range): string {
    const lines = this.text(this.nameOf(uri)).split("\n");
    const line = lines[start.line] ?? "";
    return start.line === end.line
      ? line.slice(start.character, end.character)
      : `${line.slice(start.character)}…`;
  }

  #marks(name: string): MarkedText {
    const found = this.#texts.get(name);
    if (!found) throw new Error(`There is no file ${name}.`);
    return found;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client[Symbol.asyncDispose]();
    this.folder[Symbol.dispose]();
  }
}
