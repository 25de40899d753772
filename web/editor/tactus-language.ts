import * as monaco from "@codingame/monaco-vscode-editor-api";
import { keywords } from "#language/syntax/keywords.ts";

/**
 * Tells Monaco of the languages. Its own highlighter does words, texts, numbers and comments; what a name is comes
 * from the language server.
 */
export function registerLanguages(): void {
  monaco.languages.register({ id: "yaml", extensions: [".yml", ".yaml"] });
  monaco.languages.register({ id: "tactus", extensions: [".tac"] });
  monaco.languages.setLanguageConfiguration("tactus", {
    comments: { lineComment: "--", blockComment: ["--[[", "]]"] },
    brackets: [
      ["{", "}"],
      ["[", "]"],
      ["(", ")"],
    ],
  });
  monaco.languages.setMonarchTokensProvider("tactus", highlighting);
}

const highlighting: monaco.languages.IMonarchLanguage = {
  defaultToken: "",
  keywords: [...keywords],
  tokenizer: {
    root: [
      [/[A-Za-z_]\w*/, { cases: { "@keywords": "keyword", "@default": "" } }],
      [/--\[(=*)\[/, { token: "comment", next: "@comment.$1" }],
      [/--.*$/, "comment"],
      [/\[(=*)\[/, { token: "string", next: "@text.$1" }],
      [/0[xX][\da-fA-F.]+([pP][+-]?\d+)?|\d[\d.]*([eE][+-]?\d+)?/, "number"],
      [/"/, { token: "string", next: "@double" }],
      [/'/, { token: "string", next: "@single" }],
    ],
    comment: [
      [/[^\]]+/, "comment"],
      [/\](=*)\]/, { cases: { "$1==$S2": { token: "comment", next: "@pop" }, "@default": "comment" } }],
      [/\]/, "comment"],
    ],
    text: [
      [/[^\]]+/, "string"],
      [/\](=*)\]/, { cases: { "$1==$S2": { token: "string", next: "@pop" }, "@default": "string" } }],
      [/\]/, "string"],
    ],
    double: [
      [/[^\\"]+/, "string"],
      [/\\./, "string.escape"],
      [/"/, { token: "string", next: "@pop" }],
    ],
    single: [
      [/[^\\']+/, "string"],
      [/\\./, "string.escape"],
      [/'/, { token: "string", next: "@pop" }],
    ],
  },
};
