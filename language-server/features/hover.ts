import type { Hover, HoverParams } from "vscode-languageserver";
import { hoverText } from "#language/semantics/hover-text.ts";
import type { SymbolAt } from "#language/semantics/symbol-target.ts";
import type { DocumentFeature, ProcedureContext } from "../feature.ts";
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
    const reach = await reachText(context, symbol);
    return {
      contents: markup(
        reach === undefined ? text : `${text}\n\n${reach}`,
        context.client.textDocument?.hover?.contentFormat,
      ),
      range: context.positions.range(symbol.span, symbol.model.offset),
    };
  },
};

/** What an agent may do, and behind the word `Procedure` what the whole file may. */
async function reachText(
  context: ProcedureContext,
  { model, span }: Pick<SymbolAt, "model" | "span">,
): Promise<string | undefined> {
  const { file } = context;
  const name = file.text.slice(model.offset + span.start, model.offset + span.end);
  const isAgent = file.types.siteOf("Agent", name) !== undefined;
  if (!isAgent && name !== "Procedure") return undefined;
  const { agentText, procedureManifest, summaryText } = await import("../procedure-manifest.ts");
  const built = await procedureManifest(context.uri, context);
  return built && (isAgent ? agentText(built, name) : summaryText(built));
}
