import type { DocumentSelector } from "vscode-languageclient";

/** The documents that the language server is told of. */
export const documentSelector: DocumentSelector = [
  { language: "tactus" },
  { language: "yaml", pattern: "**/*.tac.{yml,yaml}" },
  { language: "yaml", pattern: "**/.tactus/config.yml" },
];
