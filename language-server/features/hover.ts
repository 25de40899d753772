import type { Hover, HoverParams } from "vscode-languageserver";
import { hoverText } from "#language/semantics/hover-text.ts";
import type { DocumentFeature } from "../feature.ts";
import { markup } from "./markup.ts";
import { symbolAtPosition } from "./symbol-request.ts";

/** What is known of the name under the mouse: its type, its documentation, where it comes from. */
export const hover: DocumentFeature<HoverParams, Hover | null> = {
  method: "textDocument/hover",
  capabilities: () => ({ hoverProvider: true }),
  procedure: async (context, { position }) => {
    const symbol = await symbolAtPosition(context, position);
    const text = symbol && hoverText(context.file, symbol, context.project);
    if (!symbol || text === undefined) return null;
    return {
      contents: markup(text, context.client.textDocument?.hover?.contentFormat),
      range: context.positions.range(symbol.span, symbol.model.offset),
    };
  },
};
