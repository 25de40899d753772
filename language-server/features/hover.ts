import { type Hover, type HoverParams, MarkupKind } from "vscode-languageserver";
import { hoverText } from "#language/semantics/hover-text.ts";
import type { DocumentFeature } from "../feature.ts";
import { symbolAtPosition } from "./symbol-request.ts";

/** What is known of the name under the mouse: its type, its documentation, where it comes from. */
export const hover: DocumentFeature<HoverParams, Hover | null> = {
  method: "textDocument/hover",
  capabilities: () => ({ hoverProvider: true }),
  procedure: async (context, { position }) => {
    const symbol = await symbolAtPosition(context, position);
    const text = symbol && hoverText(context.file, symbol, context.project);
    if (!symbol || text === undefined) return null;
    const isMarkdown =
      context.client.textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? true;
    return {
      contents: isMarkdown
        ? { kind: MarkupKind.Markdown, value: text }
        : { kind: MarkupKind.PlainText, value: text.replaceAll(/^```\w*\n?/gm, "") },
      range: context.positions.range(symbol.span, symbol.model.offset),
    };
  },
};
