import { type InlineValue, type InlineValueParams, InlineValueVariableLookup } from "vscode-languageserver";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { Span } from "#language/syntax/tree.ts";
import type { DocumentFeature } from "../feature.ts";

/** The variables whose values a debugger shows behind the lines that it has passed: those of the stopped function. */
export const inlineValue: DocumentFeature<InlineValueParams, InlineValue[]> = {
  method: "textDocument/inlineValue",
  capabilities: () => ({ inlineValueProvider: true }),
  procedure: ({ file, positions }, { range, context }) => {
    const stopped = positions.offsetAt(context.stoppedLocation.end);
    const start = positions.offsetAt(range.start);
    const end = Math.min(positions.offsetAt(range.end), stopped);
    return file.models
      .filter(({ offset, top }) => offset <= end && offset + top.length >= start)
      .flatMap((model) => variables(model, stopped - model.offset).map((each) => ({ ...each, model })))
      .filter(({ span, model }) => start <= model.offset + span.start && model.offset + span.end <= end)
      .map(({ name, span, model }) =>
        InlineValueVariableLookup.create(positions.range(span, model.offset), name, true),
      );
  },
};

/** Locals and parameters that can be seen where the program has stopped, each where it is declared and used. */
function variables(model: StatementModel, stopped: number): { name: string; span: Span }[] {
  return model.scopes.bindings
    .filter(({ visible, isTopLevel }) => isTopLevel || (visible.start <= stopped && stopped <= visible.end))
    .filter(({ span }) => span.start < span.end)
    .flatMap(({ name, span, uses }) => [{ name, span }, ...uses.map(({ node }) => ({ name, span: node }))]);
}
