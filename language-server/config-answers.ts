import type {
  CodeAction,
  CodeActionParams,
  CompletionItem,
  CompletionParams,
  DefinitionParams,
  DocumentLink,
  DocumentSymbol,
  Hover,
  HoverParams,
  Location,
} from "vscode-languageserver";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import type { ConfigContext } from "./feature.ts";
import { yamlCodeActions } from "./yaml/code-actions.ts";
import { yamlCompletion } from "./yaml/completion.ts";
import { yamlDefinition } from "./yaml/definition.ts";
import { yamlDocumentLinks } from "./yaml/document-links.ts";
import { yamlDocumentSymbols } from "./yaml/document-symbols.ts";
import { yamlHover } from "./yaml/hover.ts";
import type { YamlContext } from "./yaml/yaml-context.ts";

/** Answers about sidecars and configs. It is loaded with the first of them, since it brings a YAML parser. */
export interface ConfigAnswers {
  hover(asked: ConfigContext, params: HoverParams): Promise<Hover | null>;
  completion(asked: ConfigContext, params: CompletionParams): Promise<CompletionItem[]>;
  definition(asked: ConfigContext, params: DefinitionParams): Promise<Location[]>;
  documentSymbol(asked: ConfigContext): Promise<DocumentSymbol[]>;
  documentLink(asked: ConfigContext): Promise<DocumentLink[]>;
  codeAction(asked: ConfigContext, params: CodeActionParams): Promise<CodeAction[]>;
}

export const configAnswers: ConfigAnswers = {
  hover: async (asked, { position }) => {
    const { document, context } = await readingOf(asked);
    return document && context ? yamlHover(document, position, context) : null;
  },
  completion: async (asked, { position }) => {
    const { document, context } = await readingOf(asked);
    return document && context ? yamlCompletion(document, position, context) : [];
  },
  definition: async (asked, { position }) => {
    const { document, context } = await readingOf(asked);
    return document && context ? yamlDefinition(document, position, context) : [];
  },
  documentSymbol: async (asked) => {
    const { document } = await readingOf(asked);
    return document ? yamlDocumentSymbols(document, asked) : [];
  },
  documentLink: async (asked) => {
    const { document } = await readingOf(asked);
    return document ? yamlDocumentLinks(document, asked) : [];
  },
  codeAction: async (asked, { range, context: { only } }) => {
    const { document } = await readingOf(asked);
    return document ? yamlCodeActions(document, { range, only, findings: asked.findings() }, asked) : [];
  },
};

async function readingOf({ uri, client, configReading }: ConfigContext): Promise<{
  readonly document: YamlDocument | undefined;
  readonly context: YamlContext | undefined;
}> {
  const reading = await configReading();
  const hasSnippets = client.textDocument?.completion?.completionItem?.snippetSupport ?? false;
  return { document: reading.document(uri), context: reading.context(uri, hasSnippets) };
}
