import type { Control } from "./control.ts";

/** What the language server says of a file is text: escaped where it becomes Markdown, without icons where it is a label. */
export const inertAnswers: Control = {
  id: "inert-answers",
  off: [
    { file: "language/semantics/markdown.ts", from: '/g, "\\\\$&")', to: '/g, "$&")' },
    { file: "language-server/plain-label.ts", from: '.replaceAll("$(", "$ (")', to: "" },
  ],
};

const procedureRules = "language/diagnostics/rules.ts";

/** Characters that nobody sees, and names that read like others, are findings in procedures and in config files. */
export const deceptionFindings: Control = {
  id: "deception-findings",
  off: [
    { file: procedureRules, from: "  hiddenCharacters,\n", to: "" },
    { file: procedureRules, from: "  confusableNames,\n", to: "" },
    {
      file: "language/sidecar/check-config.ts",
      from: "  hiddenCharacters,\n  confusableNames,\n];",
      to: "];",
    },
  ],
};

const visibleText = "common/visible-text.ts";

/** Everything unseen becomes visible: where a line is made, where it leaves for the terminal, and in JSON. */
export const visibleCharacters: Control = {
  id: "visible-characters",
  off: [
    { file: visibleText, from: ": picture(character)", to: ": character" },
    { file: visibleText, from: "onlyPlain.test(text) ? text : text.replace(unseen, escaped)", to: "text" },
  ],
};

/** Lines of foreign text stand behind a bar. */
export const framedText: Control = {
  id: "framed-text",
  off: [
    {
      file: "cli/output/framed-lines.ts",
      from: "others.map((line) => `",
      to: "others.map((line) => line || `",
    },
  ],
};

/** A report for a code host holds no links of the file's. */
export const reportsWithoutLinks: Control = {
  id: "reports-without-links",
  off: [{ file: "cli/output/sarif.ts", from: '.replaceAll("](", "] (")', to: "" }],
};

/** What is typed before a question can have been read does not answer it. */
export const timeToRead: Control = {
  id: "time-to-read",
  off: [{ file: "cli/humans/conversation.ts", from: "const readingMs = 500;", to: "const readingMs = 0;" }],
};

/** A journal leads to procedures of its own folder only. */
export const placesInside: Control = {
  id: "places-inside",
  off: [{ file: "extension/runs-view/file-inside.ts", from: "return inside && ", to: "return " }],
};

/** Code that is nested deeper than Lua allows is not read. */
export const nestingLimit: Control = {
  id: "nesting-limit",
  off: [{ file: "language/syntax/parse-state.ts", from: "deepestNesting = 199", to: "deepestNesting = 1e9" }],
};

/** Icons and links are broken up where VS Code reads them in plain text. */
export const plainLabels: Control = {
  id: "plain-labels",
  off: [
    {
      file: "extension/screen/plain-label.ts",
      from: 'return text.replaceAll("$(", "$ (").replaceAll("](", "] (");',
      to: "return text;",
    },
  ],
};

/** Settings that reach execution are the person's, whatever a folder says. */
export const ownSettings: Control = {
  id: "own-settings",
  off: [
    {
      file: "extension/settings/own-value.ts",
      from: "return setting?.globalValue ??",
      to: "return setting?.workspaceFolderValue ?? setting?.workspaceValue ?? setting?.globalValue ??",
    },
  ],
};
