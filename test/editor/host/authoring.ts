import assert from "node:assert/strict";
import * as vscode from "vscode";
import { extensionApi, fileOf } from "./extension-under-test.ts";
import { codeOf } from "./findings.ts";
import { until } from "./poll.ts";

/** Writes a file of the opened folder and shows it. */
async function shown(name: string, text: string): Promise<vscode.TextDocument> {
  const uri = fileOf(name);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

/** Where a piece of the text begins, `by` characters on. */
function placeOf(document: vscode.TextDocument, piece: string, by = 0): vscode.Position {
  const offset = document.getText().indexOf(piece);
  assert.ok(offset >= 0, `no ${piece}`);
  return document.positionAt(offset + by);
}

function found(uri: vscode.Uri, code: string): Promise<vscode.Diagnostic> {
  return until(`the finding ${code}`, () =>
    vscode.languages.getDiagnostics(uri).find((diagnostic) => codeOf(diagnostic) === code),
  );
}

const source = `search = Tool {
    description = "Finds things",
    input = { query = field.string{required = true, description = "What to look for"} },
    function(args) return args.query end,
}

clerk = Agent {
    provider = "openai",
    sytem_prompt = "Help",
    system_prompt = "Help with {input.topic}",
    tools = { "search" },
}

Procedure {
    input = { topic = field.string{default = "sums"} },
    function(input)
        local answer = clerk({ message = input.topic, tools = { search } })
        return { reply = answer.output }
    end
}
`;

describe("writing a procedure", () => {
  let document: vscode.TextDocument;
  const ask = <Answer>(command: string, ...values: unknown[]): Thenable<Answer> =>
    vscode.commands.executeCommand<Answer>(command, document.uri, ...values);

  before(async () => {
    await extensionApi();
    document = await shown("authoring.tac", source);
    await found(document.uri, "unknown-field");
  });

  it("offers a fix for a misspelt field", async () => {
    const { range } = await found(document.uri, "unknown-field");
    const actions = await ask<vscode.CodeAction[]>("vscode.executeCodeActionProvider", range);
    assert.ok(actions.some(({ title, edit }) => title.includes("system_prompt") && edit));
  });

  it("completes the fields that are missing, with types", async () => {
    const place = placeOf(document, 'provider = "openai"');
    const list = await ask<vscode.CompletionList>("vscode.executeCompletionItemProvider", place);
    const labels = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
    assert.ok(labels.includes("temperature"), labels.slice(0, 20).join());
    assert.ok(!labels.includes("tools"));
  });

  it("completes names of tools inside texts", async () => {
    const place = placeOf(document, '"search" }', 1);
    const list = await ask<vscode.CompletionList>("vscode.executeCompletionItemProvider", place);
    const labels = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
    assert.ok(labels.includes("search"), labels.join());
  });

  it("checks a sidecar as one under review as long as the folder is not trusted", async () => {
    const { uri } = await shown("reviewed.tac.yml", "sandbox:\n  mount_current_dir: true\n");
    await found(uri, "config-sidecar-alone");
    const codes = vscode.languages.getDiagnostics(uri).map(codeOf);
    assert.equal(codes.includes("config-mount-under-review"), !vscode.workspace.isTrusted, String(codes));
  });

  it("tells what a name is", async () => {
    const [hover] = await ask<vscode.Hover[]>("vscode.executeHoverProvider", placeOf(document, "clerk({", 2));
    const text = (hover?.contents ?? [])
      .map((part) => (typeof part === "string" ? part : part.value))
      .join("\n");
    assert.match(text, /Agent clerk/);
    assert.match(text, /search/);
  });

  it("goes from a text to the tool that it names", async () => {
    const places = await ask<(vscode.Location | vscode.LocationLink)[]>(
      "vscode.executeDefinitionProvider",
      placeOf(document, '"search" }', 3),
    );
    const [place] = places;
    assert.ok(place);
    const range = "targetRange" in place ? place.targetRange : place.range;
    assert.equal(range.start.line, 0);
  });

  it("renames a tool in the texts that name it too", async () => {
    const edit = await ask<vscode.WorkspaceEdit>(
      "vscode.executeDocumentRenameProvider",
      placeOf(document, "search = Tool", 1),
      "find",
    );
    const edits = edit.get(document.uri);
    assert.equal(edits.length, 3);
    assert.ok(edits.every(({ newText }) => newText === "find"));
  });

  it("shows the outline", async () => {
    const symbols = await ask<vscode.DocumentSymbol[]>("vscode.executeDocumentSymbolProvider");
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ["search", "clerk", "main"],
    );
  });

  it("formats", async () => {
    const untidy = await shown("untidy.tac", "local  x=1\nreturn {x=x}\n");
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      "vscode.executeFormatDocumentProvider",
      untidy.uri,
      { tabSize: 4, insertSpaces: true },
    );
    const edit = new vscode.WorkspaceEdit();
    edit.set(untidy.uri, edits);
    await vscode.workspace.applyEdit(edit);
    assert.equal(untidy.getText(), "local x = 1\nreturn {x = x}\n");
  });

  it("checks a sidecar and offers the key that was meant", async () => {
    const sidecar = await shown("authoring.tac.yml", "sandbox:\n  netwrok: none\n");
    const { range } = await found(sidecar.uri, "config-unknown-key");
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      sidecar.uri,
      range,
    );
    assert.ok(
      actions.some(({ title }) => title.includes("network")),
      actions.map(({ title }) => title).join(),
    );
  });

  it("shows the effective configuration", async () => {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("tactus.showEffectiveConfiguration");
    const editor = await until(
      "the document",
      () =>
        vscode.window.activeTextEditor?.document.uri.scheme === "tactus-text" &&
        vscode.window.activeTextEditor,
    );
    assert.match(editor.document.getText(), /sandbox/);
  });

  after(async () => {
    for (const name of ["authoring.tac", "authoring.tac.yml", "untidy.tac"])
      await vscode.workspace.fs.delete(fileOf(name));
  });
});
