import type { ClientCapabilities } from "vscode-languageserver";

const resolvable = { properties: ["documentation", "detail", "additionalTextEdits", "edit", "tooltip"] };

/** A client that can do everything, so that the server leaves nothing out. */
export const clientCapabilities: ClientCapabilities = {
  general: { positionEncodings: ["utf-16"] },
  window: { workDoneProgress: true },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    applyEdit: true,
    diagnostics: { refreshSupport: true },
    symbol: { resolveSupport: { properties: ["location.range"] } },
    fileOperations: { willRename: true, didRename: true },
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} },
  },
  textDocument: {
    synchronization: { didSave: true },
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
    diagnostic: { relatedDocumentSupport: true },
    completion: {
      contextSupport: true,
      completionItem: {
        snippetSupport: true,
        labelDetailsSupport: true,
        insertReplaceSupport: true,
        documentationFormat: ["markdown", "plaintext"],
        resolveSupport: resolvable,
      },
      completionList: { itemDefaults: ["editRange", "commitCharacters", "data"] },
    },
    hover: { contentFormat: ["markdown", "plaintext"] },
    signatureHelp: { contextSupport: true },
    declaration: { linkSupport: true },
    definition: { linkSupport: true },
    typeDefinition: { linkSupport: true },
    implementation: { linkSupport: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    codeAction: {
      codeActionLiteralSupport: {
        codeActionKind: { valueSet: ["", "quickfix", "refactor", "source", "source.fixAll"] },
      },
      dataSupport: true,
      isPreferredSupport: true,
      resolveSupport: resolvable,
    },
    codeLens: { resolveSupport: { properties: ["command"] } },
    rename: { prepareSupport: true, honorsChangeAnnotations: true },
    foldingRange: { lineFoldingOnly: false },
    selectionRange: {},
    linkedEditingRange: {},
    callHierarchy: {},
    semanticTokens: {
      requests: { full: { delta: true }, range: true },
      tokenTypes: ["namespace", "type", "class", "parameter", "variable", "property", "function", "keyword"],
      tokenModifiers: ["declaration", "definition", "readonly", "defaultLibrary"],
      formats: ["relative"],
      multilineTokenSupport: true,
      overlappingTokenSupport: false,
    },
    inlayHint: { resolveSupport: resolvable },
    inlineValue: {},
  },
};
