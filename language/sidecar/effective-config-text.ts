import type { Json } from "#common/json.ts";
import { oneLine } from "#common/visible-text.ts";
import type {
  ConfigOrigin,
  EffectiveConfig,
  EffectiveValue,
  WithheldValue,
} from "#protocol/editor/effective-config.ts";

/** The effective configuration as YAML for people: each value with its origin, what was left out at the end. */
export function effectiveConfigText(config: EffectiveConfig, title: string): string {
  const lines = [
    `# ${oneLine(title)}`,
    ...filesText(config),
    ...config.problems.map(
      ({ message, ...origin }) => `# Nothing starts: ${oneLine(message, 300)} (${placeText(origin)})`,
    ),
    "",
    ...treeLines(treeOf(config.values), 0),
    ...withheldLines(config.withheld),
  ];
  return `${lines.join("\n")}\n`;
}

function filesText({ files }: EffectiveConfig): string[] {
  if (files.length === 0) return ["# No config file counts here: these are the defaults."];
  return [
    "# Files that count, the weakest first:",
    ...files.map(({ file, trusted }) => `#   ${oneLine(file)}${trusted ? " (your own)" : ""}`),
  ];
}

/** Values by their keys; a leaf is the value itself. */
interface Tree {
  readonly children: Map<string | number, Tree>;
  leaf?: EffectiveValue;
}

/** The values as a document: paths become nesting. */
function treeOf(values: readonly EffectiveValue[]): Tree {
  const root: Tree = { children: new Map() };
  for (const value of values) {
    let tree = root;
    for (const step of value.path) {
      const next = tree.children.get(step) ?? { children: new Map() };
      tree.children.set(step, next);
      tree = next;
    }
    tree.leaf = value;
  }
  return root;
}

/** Block style, two blanks a level, one value a line. */
function* treeLines({ children }: Tree, depth: number): Generator<string> {
  for (const [step, tree] of children) {
    const indent = "  ".repeat(depth);
    const head = typeof step === "number" ? `${indent}-` : `${indent}${scalarText(step)}:`;
    if (tree.leaf) yield `${head} ${scalarText(tree.leaf.value)}  # ${originText(tree.leaf)}`;
    else if (typeof step === "number") yield* itemLines(tree, depth);
    else {
      yield head;
      yield* treeLines(tree, depth + 1);
    }
  }
}

/** A mapping in a list: its first key stands behind the dash. */
function* itemLines(tree: Tree, depth: number): Generator<string> {
  let isFirst = true;
  for (const line of treeLines(tree, depth + 1)) {
    yield isFirst ? `${"  ".repeat(depth)}- ${line.trimStart()}` : line;
    isFirst = false;
  }
}

/** The file that wins, and those that it wins over. */
function originText({ origin, overrides }: EffectiveValue): string {
  if (!origin) return "default";
  const over = overrides.map(
    ({ value, ...place }) => `${placeText(place)} (${oneLine(scalarText(value), 60)})`,
  );
  return over.length > 0 ? `from ${placeText(origin)}, over ${over.join(", ")}` : `from ${placeText(origin)}`;
}

function* withheldLines(withheld: readonly WithheldValue[]): Generator<string> {
  if (withheld.length === 0) return;
  yield "";
  yield "# Asked for and left out:";
  for (const { path, value, needs, ...origin } of withheld) {
    const why = needs === "grant" ? "needs a grant" : "only your own config may ask for it";
    yield `#   ${oneLine(path.join("."))}: ${oneLine(JSON.stringify(value), 120)} (${placeText(origin)}; ${why})`;
  }
}

function placeText({ file, line }: ConfigOrigin): string {
  return `${oneLine(file)}:${line}`;
}

/** A scalar as YAML, on one line; quoted unless it can be taken for nothing else. */
function scalarText(value: Json): string {
  if (typeof value !== "string") return JSON.stringify(value);
  const isPlain =
    /^[A-Za-z_./][\w./@-]*$/.test(value) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value);
  return isPlain ? value : JSON.stringify(value).replace(/[\u007f-\uffff]/g, escaped);
}

/** What can't be seen, or reorders the line, is written by its number. */
function escaped(letter: string): string {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(letter)
    ? letter
    : `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
