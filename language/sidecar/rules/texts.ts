import { type ConfigNode, childNodes, type ScalarNode } from "#language/sidecar/config-node.ts";
import type { ConfigRule } from "#language/sidecar/rules/config-rule.ts";
import { findVariables, unsetMessage } from "#language/sidecar/variables.ts";
import { findHiddenCharacters } from "#language/text-checks/hidden-characters.ts";

/** Characters that make a file read otherwise than it is. */
export const hiddenCharacters: ConfigRule = function* ({ document }) {
  for (const { start, end, name, kind } of findHiddenCharacters(document.text)) {
    const what = kind === "direction" ? "changes the order in which the line is shown" : "can't be seen";
    yield {
      start,
      end,
      code: "hidden-character",
      message: `A character here ${what}: ${name}.`,
      fixes: [{ title: "Remove it", edits: [{ start, end, text: "" }], isPreferred: true }],
    };
  }
};

/** Texts that look like variables and are none. */
export const oddVariables: ConfigRule = function* ({ document }) {
  if (!document.root || !document.text.includes("$")) return;
  for (const { value, start, end } of scalars(document.root)) {
    const [odd] = /\$\{(?![A-Za-z_]\w*\})[^}]*\}?|^\$[A-Z_][A-Z0-9_]+$/.exec(String(value)) ?? [];
    if (odd === undefined) continue;
    yield {
      start,
      end,
      code: "config-variable-form",
      message: `"${odd}" stays as it is. A variable is written \`\${NAME}\`: there are no defaults and no other forms.`,
    };
  }
};

/** Variables that are not set, where the environment is known. */
export const unsetVariables: ConfigRule = function* ({ document, context: { variable } }) {
  if (!variable) return;
  for (const use of findVariables(document.value)) {
    if (variable(use.name) !== undefined) continue;
    yield { ...document.keySpan(use.path), code: "config-variable-unset", message: unsetMessage(use) };
  }
};

function* scalars(node: ConfigNode): Generator<ScalarNode> {
  if (node.kind === "scalar" && typeof node.value === "string") yield node;
  for (const child of childNodes(node)) yield* scalars(child.node);
}
