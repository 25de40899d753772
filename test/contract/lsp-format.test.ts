import { expect, test } from "vitest";
import {
  createMessageConnection,
  type FoldingRange,
  type LinkedEditingRanges,
  type MessageConnection,
  type Position,
  type SelectionRange,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Desk, openDesk, type RunningStudio } from "./studio.ts";

const uri = "file:///somewhere/desk.tac";
const textDocument = { uri };
const options = { tabSize: 2, insertSpaces: true };

/** The real server over a text, as an editor sees it. */
class Editor {
  readonly #connection: MessageConnection;
  readonly #server: RunningStudio;
  #document: TextDocument;

  private constructor(server: RunningStudio, connection: MessageConnection, document: TextDocument) {
    this.#server = server;
    this.#connection = connection;
    this.#document = document;
  }

  static async open(desk: Desk, text: string, settings: unknown = {}): Promise<Editor> {
    const server = desk.start(["lsp", "--stdio"]);
    const { stdin, stdout } = server.process;
    const connection = createMessageConnection(
      new StreamMessageReader(stdout!),
      new StreamMessageWriter(stdin!),
    );
    connection.listen();
    await connection.sendRequest("initialize", {
      processId: null,
      rootUri: null,
      capabilities: {},
      initializationOptions: settings,
    });
    await connection.sendNotification("initialized", {});
    const document = TextDocument.create(uri, "tactus", 1, text);
    await connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "tactus", version: 1, text },
    });
    return new Editor(server, connection, document);
  }

  request<Answer>(method: string, params: object = {}): Promise<Answer> {
    return this.#connection.sendRequest(`textDocument/${method}`, { textDocument, ...params });
  }

  textWith(edits: readonly TextEdit[]): string {
    return TextDocument.applyEdits(this.#document, [...edits]);
  }

  positionOf(text: string, behind = 0): Position {
    return this.#document.positionAt(this.#document.getText().indexOf(text) + behind);
  }

  async type(position: Position, text: string): Promise<void> {
    const contentChanges = [{ range: { start: position, end: position }, text }];
    this.#document = TextDocument.update(this.#document, contentChanges, this.#document.version + 1);
    await this.#connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: this.#document.version },
      contentChanges,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection.sendRequest("shutdown");
    await this.#connection.sendNotification("exit");
    await this.#server.outcome;
    this.#connection.dispose();
  }
}

const source = `-- A desk.
-- It answers.
local prompt=[==[
Hello
]==]
function handle(a,b)
if a then return b end
for i=1,2 do
print(i) end
end
`;

const formatted = `-- A desk.
-- It answers.
local prompt = [==[
Hello
]==]

function handle(a, b)
  if a then return b end
  for i = 1, 2 do
    print(i)
  end
end
`;

test("a document and a range of it are formatted by least edits", async () => {
  using desk = openDesk({});
  await using editor = await Editor.open(desk, source);
  const edits = await editor.request<TextEdit[]>("formatting", { options });
  expect(editor.textWith(edits)).toBe(formatted);
  expect(Math.max(...edits.map(({ newText }) => newText.length))).toBeLessThan(10);
  const line = editor.positionOf("for i=1").line;
  const range = { start: { line, character: 0 }, end: { line, character: 3 } };
  const some = await editor.request<TextEdit[]>("rangeFormatting", { range, options });
  expect(editor.textWith(some)).toBe(source.replace("for i=1,2 do", "  for i = 1, 2 do"));
});

test("the width of lines is a setting", async () => {
  using desk = openDesk({});
  await using editor = await Editor.open(desk, `f("${"a".repeat(20)}", "${"b".repeat(20)}")\n`, {
    format: { lineWidth: 40 },
  });
  const edits = await editor.request<TextEdit[]>("formatting", { options });
  expect(editor.textWith(edits)).toBe(`f(\n  "${"a".repeat(20)}",\n  "${"b".repeat(20)}"\n)\n`);
});

test("a new line is indented and gets the end that is missing", async () => {
  using desk = openDesk({});
  await using editor = await Editor.open(desk, "function f()\nlocal x = 1\n");
  await editor.type({ line: 0, character: 12 }, "\n");
  const position = { line: 1, character: 0 };
  const edits = await editor.request<TextEdit[]>("onTypeFormatting", { position, ch: "\n", options });
  expect(editor.textWith(edits)).toBe("function f()\n  \nend\nlocal x = 1\n");
});

test("folding, selection and linked editing", async () => {
  using desk = openDesk({});
  await using editor = await Editor.open(desk, source);
  expect(await editor.request<FoldingRange[]>("foldingRange")).toEqual([
    { startLine: 0, endLine: 1, kind: "comment" },
    { startLine: 2, endLine: 3 },
    { startLine: 5, endLine: 8 },
    { startLine: 7, endLine: 8 },
  ]);
  const positions = [editor.positionOf("b end", 1), editor.positionOf("Hello", 2)];
  const [inCode, inText] = await editor.request<SelectionRange[]>("selectionRange", { positions });
  expect(inCode?.range).toEqual({ start: editor.positionOf("b end"), end: editor.positionOf("b end", 1) });
  expect(inCode?.parent?.range.start).toEqual(editor.positionOf("return"));
  expect(inText?.range).toEqual({ start: editor.positionOf("Hello"), end: editor.positionOf("Hello", 5) });
  const linked = await editor.request<LinkedEditingRanges>("linkedEditingRange", {
    position: editor.positionOf("[==[", 2),
  });
  expect(linked).toEqual({
    ranges: [
      { start: editor.positionOf("[==[", 1), end: editor.positionOf("[==[", 3) },
      { start: editor.positionOf("]==]", 1), end: editor.positionOf("]==]", 3) },
    ],
    wordPattern: "=*",
  });
  expect(await editor.request("linkedEditingRange", { position: editor.positionOf("prompt") })).toBeNull();
});

test("a damaged document is formatted where it is whole", async () => {
  using desk = openDesk({});
  await using editor = await Editor.open(desk, "x=1\ny = = 2\nz=3\n");
  const edits = await editor.request<TextEdit[]>("formatting", { options });
  expect(editor.textWith(edits)).toBe("x = 1\ny = = 2\nz = 3\n");
});
