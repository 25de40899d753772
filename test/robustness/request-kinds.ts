import type { CodeActionContext, Diagnostic, Position, Range } from "vscode-languageserver";
import { describeProceduresMethod } from "#protocol/editor/describe-procedures.ts";

/** Where in which document a request is asked, with all that any kind of request could want to know. */
export interface Place {
  readonly uri: string;
  readonly text: string;
  readonly position: Position;
  readonly range: Range;
  readonly positions: readonly Position[];
  /** What was typed last, for requests that follow a keystroke. */
  readonly typed: string;
  /** What the server last found in the document. */
  readonly findings: readonly Diagnostic[];
  /** The result id of the last answer with semantic tokens, or one that the server never gave. */
  readonly tokensId: string;
}

/** One method that the server can be asked. */
export interface RequestKind {
  readonly method: string;
  /** Where in the server's capabilities it is declared, as a path; undefined for those that are always there. */
  readonly capability?: string;
  readonly params: (place: Place) => object;
  /** Requests about what the answer holds: the details of an item, the callers of a procedure. */
  readonly followUps?: readonly FollowUp[];
  /** Codes of errors that are a documented answer (a rename that is refused); none otherwise. */
  readonly refusals?: readonly number[];
}

/** A request about an item of an earlier answer. */
export interface FollowUp {
  readonly method: string;
  readonly capability: string;
  readonly params: (item: object, place: Place) => object;
}

/** The request can't be done, for a reason that its message tells the person (`LSPErrorCodes.RequestFailed`). */
const requestFailed = -32803;

const document = ({ uri }: Place): object => ({ textDocument: { uri } });
const position = (place: Place): object => ({ ...document(place), position: place.position });
const range = (place: Place): object => ({ ...document(place), range: place.range });
const itself = (item: object): object => item;
const about = (item: object): object => ({ item });
const formatting = { tabSize: 4, insertSpaces: true };

const codeActionContext = ({ findings }: Place): CodeActionContext => ({
  diagnostics: [...findings],
  triggerKind: 1,
});

/** Every request of the protocol that a server for a language can be asked, and our own. */
export const requestKinds: readonly RequestKind[] = [
  {
    method: "textDocument/completion",
    capability: "completionProvider",
    params: (place) => ({
      ...position(place),
      context: place.typed === "" ? { triggerKind: 1 } : { triggerKind: 2, triggerCharacter: place.typed },
    }),
    followUps: [
      { method: "completionItem/resolve", capability: "completionProvider.resolveProvider", params: itself },
    ],
  },
  { method: "textDocument/hover", capability: "hoverProvider", params: position },
  {
    method: "textDocument/signatureHelp",
    capability: "signatureHelpProvider",
    params: (place) => ({ ...position(place), context: { triggerKind: 1, isRetrigger: false } }),
  },
  { method: "textDocument/declaration", capability: "declarationProvider", params: position },
  { method: "textDocument/definition", capability: "definitionProvider", params: position },
  { method: "textDocument/typeDefinition", capability: "typeDefinitionProvider", params: position },
  { method: "textDocument/implementation", capability: "implementationProvider", params: position },
  {
    method: "textDocument/references",
    capability: "referencesProvider",
    params: (place) => ({ ...position(place), context: { includeDeclaration: true } }),
  },
  { method: "textDocument/documentHighlight", capability: "documentHighlightProvider", params: position },
  { method: "textDocument/documentSymbol", capability: "documentSymbolProvider", params: document },
  {
    method: "workspace/symbol",
    capability: "workspaceSymbolProvider",
    params: ({ typed }) => ({ query: typed }),
    followUps: [
      {
        method: "workspaceSymbol/resolve",
        capability: "workspaceSymbolProvider.resolveProvider",
        params: itself,
      },
    ],
  },
  {
    method: "textDocument/codeAction",
    capability: "codeActionProvider",
    params: (place) => ({ ...range(place), context: codeActionContext(place) }),
    followUps: [
      { method: "codeAction/resolve", capability: "codeActionProvider.resolveProvider", params: itself },
    ],
  },
  {
    method: "textDocument/codeAction",
    capability: "codeActionProvider",
    params: (place) => ({
      ...range(place),
      context: { ...codeActionContext(place), only: ["source.fixAll"] },
    }),
  },
  {
    method: "textDocument/codeLens",
    capability: "codeLensProvider",
    params: document,
    followUps: [
      { method: "codeLens/resolve", capability: "codeLensProvider.resolveProvider", params: itself },
    ],
  },
  {
    method: "textDocument/documentLink",
    capability: "documentLinkProvider",
    params: document,
    followUps: [
      { method: "documentLink/resolve", capability: "documentLinkProvider.resolveProvider", params: itself },
    ],
  },
  {
    method: "textDocument/formatting",
    capability: "documentFormattingProvider",
    params: (place) => ({ ...document(place), options: formatting }),
  },
  {
    method: "textDocument/rangeFormatting",
    capability: "documentRangeFormattingProvider",
    params: (place) => ({ ...range(place), options: formatting }),
  },
  {
    method: "textDocument/rangesFormatting",
    capability: "documentRangeFormattingProvider.rangesSupport",
    params: (place) => ({ ...document(place), ranges: [place.range], options: formatting }),
  },
  {
    method: "textDocument/onTypeFormatting",
    capability: "documentOnTypeFormattingProvider",
    params: (place) => ({ ...position(place), ch: place.typed || "\n", options: formatting }),
  },
  {
    method: "textDocument/prepareRename",
    capability: "renameProvider.prepareProvider",
    params: position,
    refusals: [requestFailed],
  },
  {
    method: "textDocument/rename",
    capability: "renameProvider",
    params: (place) => ({ ...position(place), newName: place.typed === "" ? "renamed" : place.typed }),
    refusals: [requestFailed],
  },
  { method: "textDocument/foldingRange", capability: "foldingRangeProvider", params: document },
  {
    method: "textDocument/selectionRange",
    capability: "selectionRangeProvider",
    params: (place) => ({ ...document(place), positions: place.positions }),
  },
  { method: "textDocument/linkedEditingRange", capability: "linkedEditingRangeProvider", params: position },
  {
    method: "textDocument/prepareCallHierarchy",
    capability: "callHierarchyProvider",
    params: position,
    followUps: [
      { method: "callHierarchy/incomingCalls", capability: "callHierarchyProvider", params: about },
      { method: "callHierarchy/outgoingCalls", capability: "callHierarchyProvider", params: about },
    ],
  },
  {
    method: "textDocument/semanticTokens/full",
    capability: "semanticTokensProvider.full",
    params: document,
  },
  {
    method: "textDocument/semanticTokens/full/delta",
    capability: "semanticTokensProvider.full.delta",
    params: (place) => ({ ...document(place), previousResultId: place.tokensId }),
  },
  { method: "textDocument/semanticTokens/range", capability: "semanticTokensProvider.range", params: range },
  {
    method: "textDocument/inlayHint",
    capability: "inlayHintProvider",
    params: range,
    followUps: [
      { method: "inlayHint/resolve", capability: "inlayHintProvider.resolveProvider", params: itself },
    ],
  },
  {
    method: "textDocument/inlineValue",
    capability: "inlineValueProvider",
    params: (place) => ({ ...range(place), context: { frameId: 1, stoppedLocation: place.range } }),
  },
  { method: "textDocument/diagnostic", capability: "diagnosticProvider", params: document },
  {
    method: "workspace/diagnostic",
    capability: "diagnosticProvider.workspaceDiagnostics",
    params: () => ({ previousResultIds: [] }),
  },
  {
    method: "workspace/willRenameFiles",
    capability: "workspace.fileOperations.willRename",
    params: ({ uri }) => ({ files: [{ oldUri: uri, newUri: uri.replace(/[^/]*$/, "moved/other.tac") }] }),
  },
  { method: describeProceduresMethod, params: ({ uri, text }) => ({ file: uri, source: text }) },
];
