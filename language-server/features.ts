import type { Feature } from "./feature.ts";
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from "./features/call-hierarchy.ts";
import { codeAction, codeActionResolve } from "./features/code-action.ts";
import { codeLens, codeLensResolve } from "./features/code-lens.ts";
import { completion, completionResolve } from "./features/completion.ts";
import { documentLink } from "./features/document-link.ts";
import { effectiveConfig } from "./features/effective-config.ts";
import { willRenameFiles } from "./features/file-rename.ts";
import { foldingRange } from "./features/folding-range.ts";
import { formatting, onTypeFormatting, rangeFormatting } from "./features/formatting.ts";
import { hover } from "./features/hover.ts";
import { inlayHint, inlayHintResolve } from "./features/inlay-hint.ts";
import { inlineValue } from "./features/inline-value.ts";
import { linkedEditingRange } from "./features/linked-editing-range.ts";
import { manifest } from "./features/manifest.ts";
import { declaration, definition, implementation, typeDefinition } from "./features/navigation.ts";
import { documentHighlight, references } from "./features/references.ts";
import { prepareRename, rename } from "./features/rename.ts";
import { selectionRange } from "./features/selection-range.ts";
import { semanticTokensDelta, semanticTokensFull, semanticTokensRange } from "./features/semantic-tokens.ts";
import { signatureHelp } from "./features/signature-help.ts";
import { documentSymbol, workspaceSymbol } from "./features/symbols.ts";
import { withConfig } from "./features/with-config.ts";

/** Every request that the server answers beside those for findings. */
export const features: readonly Feature[] = [
  withConfig(completion, "completion"),
  completionResolve,
  withConfig(hover, "hover"),
  signatureHelp,
  withConfig(definition, "definition"),
  declaration,
  typeDefinition,
  implementation,
  references,
  documentHighlight,
  withConfig(documentSymbol, "documentSymbol"),
  workspaceSymbol,
  prepareRename,
  rename,
  prepareCallHierarchy,
  incomingCalls,
  outgoingCalls,
  semanticTokensFull,
  semanticTokensDelta,
  semanticTokensRange,
  inlayHint,
  inlineValue,
  inlayHintResolve,
  withConfig(codeAction, "codeAction"),
  codeActionResolve,
  codeLens,
  codeLensResolve,
  withConfig(documentLink, "documentLink"),
  willRenameFiles,
  effectiveConfig,
  manifest,
  formatting,
  rangeFormatting,
  onTypeFormatting,
  foldingRange,
  selectionRange,
  linkedEditingRange,
];
