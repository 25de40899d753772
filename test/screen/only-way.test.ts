import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type DrawingCall, editorDrawing, terminalDrawing } from "./drawing-calls.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** The code of a folder, without its tests. */
async function sources(folder: string, without: (file: string) => boolean): Promise<[string, string][]> {
  const files: string[] = [];
  for await (const file of glob(`${folder}/**/*.ts`, { cwd: root }))
    if (!/\.(test|d)\.ts$/.test(file) && !without(file.replaceAll(path.sep, "/"))) files.push(file);
  return files.sort().map((file) => [file, readFileSync(path.join(root, file), "utf8")]);
}

/** One line for each, so that a failure says where to go. */
function listed(found: readonly DrawingCall[]): string[] {
  return found.map(({ file, line, what }) => `${file}:${line} ${what}`);
}

describe("the editor draws foreign text through extension/screen only", () => {
  test("no other file of the extension draws", async () => {
    const files = await sources("extension", (file) => file.startsWith("extension/screen/"));
    expect(files.length).toBeGreaterThan(50);
    expect(listed(files.flatMap(([file, source]) => editorDrawing(file, source)))).toEqual([]);
  });

  const star = 'import * as vscode from "vscode";\n';
  test.for([
    ["a notification", `${star}void vscode.window.showErrorMessage(text);`],
    ["what VS Code may bring one day", `${star}vscode.window.showHologram(text);`],
    ["a window under another name", `${star}const { window } = vscode;`],
    ["a window kept", `${star}const shown = vscode.window;`],
    ["a named import", 'import { window } from "vscode";'],
    ["a tree row", `${star}const row = new vscode.TreeItem(label);`],
    ["markup", `${star}row = new vscode.MarkdownString(text);`],
    ["a webview", `${star}vscode.window.createWebviewPanel("x", title, 1);`],
    ["a finding", `${star}vscode.languages.createDiagnosticCollection("x");`],
    ["a row that is changed later", `${star}item.label = text;`],
    ["a test that failed", `${star}run.failed(item, { message: text });`],
    ["output of a test", `${star}run.appendOutput(text);`],
    ["the title of a comparison", `${star}void vscode.commands.executeCommand("vscode.diff", a, b, title);`],
  ] as const)("it finds %s", ([, source]) => {
    expect(editorDrawing("x.ts", source)).not.toEqual([]);
  });

  test.for([
    ["a type", `${star}let row: vscode.TreeItem;`],
    ["a silent call", `${star}vscode.commands.registerCommand("x", act);`],
    ["a file without the editor", "last.text = text;"],
  ] as const)("it lets %s be", ([, source]) => {
    expect(editorDrawing("x.ts", source)).toEqual([]);
  });
});

describe("the command line prints through cli/output/terminal.ts only", () => {
  test("nothing that runs in its process prints otherwise", async () => {
    const folders = ["cli", "runs", "broker", "sandbox", "common", "language", "mcp", "protocol"];
    const files = (await Promise.all(folders.map((folder) => sources(folder, isPrinter)))).flat();
    expect(files.length).toBeGreaterThan(200);
    expect(listed(files.flatMap(([file, source]) => terminalDrawing(file, source)))).toEqual([]);
  });

  /** The printer itself, and a program of its own whose output is a pipe. */
  const isPrinter = (file: string): boolean =>
    ["cli/output/terminal.ts", "broker/host-tools/module-program.ts"].includes(file);

  test.for(["process.stdout.write(x);", "const out = process.stderr;", "console.log(x);"])(
    "it finds %s",
    (source) => {
      expect(terminalDrawing("x.ts", source)).not.toEqual([]);
    },
  );
});

describe("the language server answers through language-server/plain-answer.ts only", () => {
  const ways: ReadonlyArray<readonly [what: string, pattern: RegExp, files: readonly string[]]> = [
    ["documentation", /MarkupKind|"markdown"/, ["features/markup.ts"]],
    ["an answer to a request", /\.onRequest\(/, ["procedures.ts", "request-handlers.ts"]],
    ["findings", /\.sendDiagnostics\(/, ["diagnostics/diagnostics-publisher.ts"]],
    ["findings that are asked for", /languages\.diagnostics/, ["diagnostics/diagnostic-pull.ts"]],
    ["a finding", /codeDescription:/, ["diagnostics/lsp-diagnostic.ts"]],
    ["a window", /\.window\./, ["workspace/late-progress.ts"]],
    ["a notification", /\.sendNotification\(/, ["workspace/workspace-scan.ts"]],
  ];
  test.for(ways)("%s has one way out", async ([, pattern, files]) => {
    const found = await sources("language-server", () => false);
    const using = found.filter(([, source]) => pattern.test(source)).map(([file]) => file);
    expect(using).toEqual(files.map((file) => `language-server/${file}`));
  });
});

describe("the page of reports draws through web/screen/element.ts only", () => {
  /** What makes markup, addresses or scripts of a text. */
  const markup =
    /\.(innerHTML|outerHTML|srcdoc|insertAdjacentHTML|createContextualFragment|setHTMLUnsafe)\b|document\.write|DOMParser|\beval\b|new Function|\.(href|action|src)\s*=|createElementNS|javascript:/;

  test("no file makes markup of a text; one starts the script of ours", async () => {
    const files = await sources("web", () => false);
    expect(files.length).toBeGreaterThan(20);
    const found = files.filter(([, source]) => markup.test(source)).map(([file]) => file);
    expect(found).toEqual(["web/editor/load-editors.ts"]);
  });

  test("elements are made in one place", async () => {
    const files = await sources("web", () => false);
    const found = files
      .filter(([, source]) => /createElement|createTextNode/.test(source))
      .map(([file]) => file);
    expect(found).toEqual([
      "web/editor/load-editors.ts",
      "web/editor/read-only-editors.ts",
      "web/screen/element.ts",
    ]);
  });

  test.for([
    "box.innerHTML = text;",
    "document.write(text);",
    "link.href = text;",
    'new DOMParser().parse("")',
  ])("it finds %s", (source) => {
    expect(source).toMatch(markup);
  });
});

describe("the debug adapter speaks through debug-adapter/adapter.ts only, which makes every message plain", () => {
  const ways: ReadonlyArray<readonly [what: string, pattern: RegExp, files: readonly string[]]> = [
    ["a message", /\.send(Event|Response|Request)\(/, ["adapter.ts"]],
    ["its streams", /process\b.*\bstd|process;|console\./, ["serve-debug-adapter.ts"]],
  ];
  test.for(ways)("%s has one way out", async ([, pattern, files]) => {
    const found = await sources("debug-adapter", () => false);
    const using = found.filter(([, source]) => pattern.test(source)).map(([file]) => file);
    expect(using).toEqual(files.map((file) => `debug-adapter/${file}`));
  });

  test("both of its messages are made plain", async () => {
    const [[, source] = ["", ""]] = await sources(
      "debug-adapter",
      (file) => file !== "debug-adapter/adapter.ts",
    );
    const sent = source.match(/this\.send(Event|Response)\(\{[^;]*;/g) ?? [];
    expect(sent).toHaveLength(3);
    for (const call of sent) expect(call).toContain("plainMessage(");
  });
});
