import { type ConfigNode, childNodes, type ScalarNode } from "#language/sidecar/config-node.ts";
import type { ConfigRule, RuleFinding } from "#language/sidecar/rules/config-rule.ts";
import { findVariables, unsetMessage } from "#language/sidecar/variables.ts";
import type { Span } from "#language/syntax/tree.ts";
import { findHiddenCharacters } from "#language/text-checks/hidden-characters.ts";
import { findLookalikes, type Lookalikes } from "#language/text-checks/lookalike-letters.ts";

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

/**
 * Names with letters that pass for others: of keys, programs, models, servers, addresses. What a person says to the
 * procedure (`inputs`) is prose in any script, and so is everything with a blank in it.
 */
export const confusableNames: ConfigRule = function* ({ document }) {
  if (!document.root || !/[\u0080-\uffff]/.test(document.text)) return;
  for (const name of writtenNames(document.root)) {
    const found = /\s/.test(name.written) ? undefined : findLookalikes(name.written);
    if (found) yield confusableFinding(document.text, name, found);
  }
};

function confusableFinding(
  text: string,
  { start, end, written }: WrittenName,
  { plain, letters }: Lookalikes,
): RuleFinding {
  const [letter] = letters;
  const at = text.slice(start, end).indexOf(written);
  const edits = letters.map((each) => ({
    start: start + at + each.start,
    end: start + at + each.end,
    text: each.looksLike,
  }));
  return {
    ...{ start, end, code: "confusable-name" },
    message: `"${written}" reads like "${plain}", but has ${letter?.name ?? ""} instead of "${letter?.looksLike ?? ""}": it is another name.`,
    // An escaped text has its letters elsewhere.
    ...(at >= 0 && { fixes: [{ title: `Write "${plain}"`, edits, isPreferred: true }] }),
  };
}

interface WrittenName extends Span {
  readonly written: string;
}

/** Keys and texts, but not the values of inputs. */
function* writtenNames(node: ConfigNode | undefined, isTop = true): Generator<WrittenName> {
  if (node?.kind === "scalar" && typeof node.value === "string")
    yield { start: node.start, end: node.end, written: node.value };
  if (node?.kind === "list") for (const item of node.items) yield* writtenNames(item, false);
  if (node?.kind !== "mapping") return;
  for (const { key, name, value } of node.entries) {
    yield { start: key.start, end: key.end, written: name };
    if (!(isTop && name === "inputs")) yield* writtenNames(value, false);
  }
}

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
