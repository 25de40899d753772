import * as monaco from "@codingame/monaco-vscode-editor-api";
import type { Theme } from "../page/theme.ts";

/** Monaco's own looks; light and dark also colour what the language server says of names. */
const looks: Readonly<Record<Theme, string>> = {
  light: "tactus-light",
  dark: "tactus-dark",
  "hc-light": "hc-light",
  "hc-dark": "hc-black",
};

const light = {
  function: "795e26",
  class: "267f99",
  property: "001080",
  parameter: "001080",
  label: "af00db",
};
const dark = {
  function: "dcdcaa",
  class: "4ec9b0",
  property: "9cdcfe",
  parameter: "9cdcfe",
  label: "c586c0",
};

/** Makes the looks known. */
export function defineThemes(): void {
  monaco.editor.defineTheme("tactus-light", { base: "vs", inherit: true, rules: rules(light), colors: {} });
  monaco.editor.defineTheme("tactus-dark", {
    base: "vs-dark",
    inherit: true,
    rules: rules(dark),
    colors: {},
  });
}

/** Gives all editors a look. */
export function applyTheme(theme: Theme): void {
  monaco.editor.setTheme(looks[theme]);
}

function rules(colors: Readonly<Record<string, string>>): monaco.editor.ITokenThemeRule[] {
  const similar = {
    ...colors,
    method: colors["function"],
    namespace: colors["class"],
    type: colors["class"],
  };
  return Object.entries(similar).map(([token, foreground = ""]) => ({ token, foreground }));
}
