import type {
  DocumentFormattingParams,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  FormattingOptions,
  TextEdit,
} from "vscode-languageserver";
import { formatOnType, typedTriggers } from "#language/format/format-on-type.ts";
import type { FormatOptions } from "#language/format/format-options.ts";
import { formatEdits } from "#language/format/format-source.ts";
import type { TextChange } from "#language/format/formatted-text.ts";
import type { DocumentFeature, ProcedureContext } from "../feature.ts";

/** Formats a document; only gaps between tokens are changed, so that cursors and marks keep their places. */
export const formatting: DocumentFeature<DocumentFormattingParams, TextEdit[]> = {
  method: "textDocument/formatting",
  capabilities: () => ({ documentFormattingProvider: true }),
  procedure: (context, { options }) =>
    editsOf(context, formatEdits(context.file.tree, optionsOf(context, options))),
};

/** Formats the lines of a selection as formatting the whole document would. */
export const rangeFormatting: DocumentFeature<DocumentRangeFormattingParams, TextEdit[]> = {
  method: "textDocument/rangeFormatting",
  capabilities: () => ({ documentRangeFormattingProvider: true }),
  procedure: (context, { range, options }) => {
    const start = context.positions.offsetAt(range.start);
    const end = context.positions.offsetAt(range.end);
    return editsOf(context, formatEdits(context.file.tree, optionsOf(context, options), { start, end }));
  },
};

const [firstTriggerCharacter, ...moreTriggerCharacter] = typedTriggers;

/** Indents new lines and closing words, and puts in an `end` that is certainly missing. */
export const onTypeFormatting: DocumentFeature<DocumentOnTypeFormattingParams, TextEdit[]> = {
  method: "textDocument/onTypeFormatting",
  capabilities: () => ({
    documentOnTypeFormattingProvider: { firstTriggerCharacter, moreTriggerCharacter },
  }),
  procedure: (context, { position, ch, options }) => {
    const offset = context.positions.offsetAt(position);
    return editsOf(context, formatOnType(context.file.tree, offset, ch, optionsOf(context, options)));
  },
};

function optionsOf(context: ProcedureContext, { tabSize, insertSpaces }: FormattingOptions): FormatOptions {
  const { lineWidth } = context.settings.format;
  return { indentSize: tabSize, useTabs: !insertSpaces, lineWidth, endOfLine: "auto" };
}

function editsOf({ positions }: ProcedureContext, changes: readonly TextChange[]): TextEdit[] {
  return changes.map((change) => ({ range: positions.range(change), newText: change.text }));
}
