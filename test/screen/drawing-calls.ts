import ts from "typescript";

/** A place in the code that reaches a screen by itself, instead of through its choke point. */
export interface DrawingCall {
  readonly file: string;
  readonly line: number;
  readonly what: string;
}

/**
 * What code of the extension outside `extension/screen` may use of `vscode`. None of it draws a text: whatever VS Code
 * gets with a later version counts as drawing until it is listed here.
 */
const silentMembers: ReadonlySet<string> = new Set([
  ...["commands.registerCommand", "commands.executeCommand", "commands.getCommands"],
  ...["workspace.isTrusted", "workspace.fs", "workspace.workspaceFolders", "workspace.getWorkspaceFolder"],
  ...["workspace.asRelativePath", "workspace.getConfiguration", "workspace.findFiles"],
  ...["workspace.onDidGrantWorkspaceTrust", "workspace.onDidChangeWorkspaceFolders"],
  ...["workspace.openTextDocument", "workspace.createFileSystemWatcher", "workspace.textDocuments"],
  ...[
    "workspace.onDidSaveTextDocument",
    "workspace.onDidChangeConfiguration",
    "workspace.onDidCloseTextDocument",
    "workspace.onDidChangeTextDocument",
  ],
  ...["window.activeTextEditor", "window.showTextDocument", "window.state"],
  ...["window.onDidChangeActiveTextEditor", "window.onDidChangeWindowState"],
  ...[
    "lm.selectChatModels",
    "LanguageModelError",
    "LanguageModelChatToolMode",
    "LanguageModelChatMessageRole",
  ],
  ...["Uri", "FileType", "Disposable", "TestRunProfileKind", "TreeItemCollapsibleState", "QuickInputButtons"],
  ...[
    "RelativePattern",
    "env.isTelemetryEnabled",
    "env.clipboard",
    "extensions.getExtension",
    "ExtensionMode",
  ],
]);

/** Classes whose objects hold no text that is drawn. */
const silentClasses: ReadonlySet<string> = new Set([
  ...["EventEmitter", "Disposable", "CancellationTokenSource", "Position", "Range", "Selection", "Location"],
  ...["TestRunRequest", "ThemeIcon", "RelativePattern", "FileSystemError"],
  ...["LanguageModelChatMessage", "LanguageModelTextPart", "LanguageModelToolCallPart"],
  ...["LanguageModelToolResultPart"],
]);

/** Methods of objects of VS Code that draw what they are given. */
const drawingMethods: ReadonlySet<string> = new Set([
  ...["createTestItem", "failed", "errored", "appendOutput", "setDecorations"],
]);

/** Fields of such objects that are drawn when they are set. */
const drawnFields: ReadonlySet<string> = new Set([
  ...["label", "description", "detail", "tooltip", "title", "message", "text", "prompt", "placeholder"],
  ...["validationMessage", "accessibilityInformation", "badge", "html", "items", "error"],
]);

/** Commands of the editor that draw one of their arguments. */
const drawingCommands: ReadonlySet<string> = new Set(["vscode.diff", "vscode.open", "vscode.changes"]);

/** What an extension's file draws by itself. */
export function editorDrawing(file: string, source: string): DrawingCall[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: DrawingCall[] = [];
  const seesEditor = importsOf(tree).some(({ from }) => from === "vscode");
  const report = (node: ts.Node, what: string): void => {
    found.push({ file, line: tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1, what });
  };
  for (const { from, names, node } of importsOf(tree))
    if (from === "vscode" && names > 0) report(node, "named import of vscode");
  walk(tree, (node) => {
    if (ts.isTypeNode(node)) return false;
    const what = seesEditor ? drawnBy(node) : undefined;
    if (what !== undefined) report(node, what);
    return true;
  });
  return found;
}

function drawnBy(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node)) {
    const name = memberOfEditor(node.expression);
    return name === undefined || silentClasses.has(name) ? undefined : `new vscode.${name}`;
  }
  if (ts.isIdentifier(node) && node.text === "vscode") return aliased(node);
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const method = node.expression.name.text;
    if (drawingMethods.has(method)) return `.${method}()`;
  }
  if (ts.isStringLiteral(node) && drawingCommands.has(node.text)) return node.text;
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const { left } = node;
    if (ts.isPropertyAccessExpression(left) && drawnFields.has(left.name.text)) return `.${left.name.text} =`;
  }
  return undefined;
}

/** A use of `vscode` itself: a member that is not known to be silent, or the whole of it given away. */
function aliased(node: ts.Identifier): string | undefined {
  const { parent } = node;
  if (ts.isNamespaceImport(parent) || ts.isImportClause(parent) || ts.isTypeNode(parent)) return undefined;
  if (ts.isQualifiedName(parent)) return undefined;
  if (!ts.isPropertyAccessExpression(parent)) return "vscode given away";
  if (ts.isNewExpression(parent.parent)) return undefined;
  const outer = parent.parent;
  const group = parent.name.text;
  if (isTypeOnly(parent) || silentMembers.has(group) || silentClasses.has(group)) return undefined;
  const member = ts.isPropertyAccessExpression(outer) && outer.expression === parent ? outer.name.text : "*";
  return silentMembers.has(`${group}.${member}`) ? undefined : `vscode.${group}.${member}`;
}

function isTypeOnly(node: ts.Node): boolean {
  return ts.isExpressionWithTypeArguments(node.parent) && ts.isHeritageClause(node.parent.parent)
    ? node.parent.parent.token === ts.SyntaxKind.ImplementsKeyword
    : false;
}

function memberOfEditor(node: ts.Expression): string | undefined {
  return ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === "vscode"
    ? node.name.text
    : undefined;
}

/** What a file writes to the terminal by itself. */
export function terminalDrawing(file: string, source: string): DrawingCall[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: DrawingCall[] = [];
  walk(tree, (node) => {
    const what = writerIn(node);
    if (what !== undefined)
      found.push({ file, line: tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1, what });
    return true;
  });
  return found;
}

function writerIn(node: ts.Node): string | undefined {
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  const { expression, name } = node;
  if (expression.text === "process" && (name.text === "stdout" || name.text === "stderr"))
    return `process.${name.text}`;
  return expression.text === "console" ? `console.${name.text}` : undefined;
}

function importsOf(tree: ts.SourceFile): { from: string; names: number; node: ts.Node }[] {
  return tree.statements.flatMap((node) => {
    if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return [];
    const bindings = node.importClause?.namedBindings;
    const isType = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    const names = !isType && bindings && ts.isNamedImports(bindings) ? bindings.elements.length : 0;
    return [{ from: node.moduleSpecifier.text, names, node }];
  });
}

function walk(node: ts.Node, visit: (node: ts.Node) => boolean): void {
  if (visit(node)) ts.forEachChild(node, (child) => walk(child, visit));
}
