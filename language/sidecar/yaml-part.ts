import {
  Composer,
  type CST,
  type Document,
  type DocumentOptions,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  type Pair,
  type ParseOptions,
  Parser,
  type SchemaOptions,
  type YAMLError,
} from "yaml";
import type { ConfigNode, MappingEntry } from "#language/sidecar/config-node.ts";
import { lineStartAt } from "#language/sidecar/line-start.ts";
import type { YamlProblem } from "#language/sidecar/yaml-problem.ts";
import type { Span } from "#language/syntax/tree.ts";

/** A stretch of YAML that was read by itself; offsets count from its start. */
export interface YamlPart {
  readonly node: ConfigNode | undefined;
  readonly problems: readonly YamlProblem[];
}

/** Configs are flat: what is deeper than this is made to exhaust a reader. */
const deepestNesting = 64;

/** About 10,000 lines that can't be taken apart: more takes longer than a person waits. */
const mostLexemes = 100_000;

/** Thousands of stray brackets are one mistake. */
const mostStrayTokens = 20;

/**
 * Reads YAML 1.2 with the core schema: no custom tags, no merge keys, one document. Bad text gives problems beside what
 * could be read, never a throw.
 */
export function parseYamlPart(text: string): YamlPart {
  const tokens = tokensOf(text);
  if (typeof tokens === "string") {
    const message = `The file can't be read as YAML: ${tokens}.`;
    return { node: undefined, problems: [{ start: 0, end: firstLineEnd(text), message }] };
  }
  const [document, second] = compose(tokens, text.length);
  const problems: YamlProblem[] = [...(document?.errors ?? []), ...(document?.warnings ?? [])]
    .slice(0, 1)
    .map((error) => problemOf(error, text));
  if (second) problems.push({ start: second.range[0], end: second.range[1], message: severalDocuments });
  const reader = new NodeReader(text, problems);
  return { node: reader.node(document?.contents ?? null), problems };
}

const severalDocuments = "A config holds one document (`---` starts another).";

/**
 * The tokens, or why there are none. Nesting is looked at here, since building the nodes recurses: near the end of the
 * stack, V8 ends the whole process when a regular expression is compiled.
 */
function tokensOf(text: string): CST.Token[] | string {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let stray = 0;
  let documents = 0;
  let lexemes = 0;
  const take = (token: CST.Token): void => {
    if (token.type === "document") documents++;
    if (token.type === "error" || token.type === "directive") stray++;
    if (stray <= mostStrayTokens && documents <= 2) tokens.push(token);
  };
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) take(token);
    if (parser.stack.length > deepestNesting) return "it is nested too deeply";
    if (lexemes++ > mostLexemes) return "it has more in one place than a config can hold";
    if (stray > mostStrayTokens || documents > 2) return tokens;
  }
  for (const token of parser.end()) take(token);
  return tokens;
}

/** Every problem is an Error to the parser: without their stacks, a hundred thousand are no matter. */
function compose(tokens: readonly CST.Token[], end: number): Document.Parsed[] {
  const errors: ErrorConstructor & { stackTraceLimit?: number } = Error;
  const usual = errors.stackTraceLimit;
  errors.stackTraceLimit = 0;
  try {
    return [...new Composer(options).compose(tokens, true, end)];
  } finally {
    if (usual !== undefined) errors.stackTraceLimit = usual;
  }
}

/** Keys that stand twice are found by us: the parser compares each with each. */
const options: ParseOptions & DocumentOptions & SchemaOptions = {
  schema: "core",
  version: "1.2",
  merge: false,
  uniqueKeys: false,
  strict: true,
  prettyErrors: false,
  logLevel: "silent",
  customTags: [],
  resolveKnownTags: false,
};

/** What is missing at the end is told at the end of the last line, not at the start of the next entry. */
function problemOf({ pos, code, message }: YAMLError, text: string): YamlProblem {
  const last = text.trimEnd().length;
  const start = Math.min(pos[0], last);
  const end = Math.max(start, Math.min(pos[1], last));
  if (code === "TAG_RESOLVE_FAILED") return { start, end, message: "Tags (`!name`) are not allowed." };
  if (code === "TAB_AS_INDENT") return tabProblem(start, text);
  return { start, end, message: `Not valid YAML: ${message.replaceAll(/\s+/g, " ")}` };
}

/** The fix gives the tabs at the start of that line as blanks. */
function tabProblem(at: number, text: string): YamlProblem {
  const lineStart = lineStartAt(text, at);
  const indentation = /[ \t]*/y;
  indentation.lastIndex = lineStart;
  const blanks = indentation.exec(text)?.[0] ?? "";
  const edit = { start: lineStart, end: lineStart + blanks.length, text: blanks.replaceAll("\t", "  ") };
  return {
    start: lineStart,
    end: edit.end,
    message: "Lines are indented with blanks, not with tabs.",
    fixes: [{ title: "Replace the tabs with blanks", edits: [edit], isPreferred: true, isSafe: true }],
  };
}

function firstLineEnd(text: string): number {
  const end = text.indexOf("\n");
  return Math.min(end < 0 ? text.length : end, 80);
}

/** Turns the nodes of the parser into ours. */
class NodeReader {
  readonly #text: string;
  readonly #problems: YamlProblem[];

  constructor(text: string, problems: YamlProblem[]) {
    this.#text = text;
    this.#problems = problems;
  }

  /** A value that nobody has written is undefined, not null. */
  node(node: Node | null): ConfigNode | undefined {
    if (!node?.range) return undefined;
    const [start, end] = node.range;
    const anchor = "anchor" in node && typeof node.anchor === "string" ? { anchor: node.anchor } : {};
    if (isAlias(node)) return { kind: "alias", start, end, name: node.source };
    if (isScalar(node)) return this.#scalar(node.value, node.type, { start, end, ...anchor });
    if (isMap(node)) {
      const entries = node.items.flatMap((pair) => this.#entry(pair));
      const isFlow = node.flow === true;
      return {
        kind: "mapping",
        ...blockSpan(start, end, isFlow, entries.at(-1)),
        ...anchor,
        isFlow,
        entries,
      };
    }
    if (!isSeq(node)) return undefined;
    const items = node.items.map((item) => this.node(asNode(item)));
    const isFlow = node.flow === true;
    return { kind: "list", start, end: isFlow ? end : (items.at(-1)?.end ?? end), ...anchor, isFlow, items };
  }

  /** Dates and other types of YAML 1.1 are texts in the core schema. */
  #scalar(value: unknown, type: unknown, span: Span & { anchor?: string }): ConfigNode | undefined {
    const isPlain = type === "PLAIN" || type === undefined;
    if (isPlain && span.start === span.end && span.anchor === undefined) return undefined;
    const style = isPlain ? "plain" : String(type).startsWith("BLOCK") ? "block" : "quoted";
    const known = typeof value === "number" || typeof value === "boolean" || value === null;
    return { kind: "scalar", ...span, value: known ? value : String(value), style };
  }

  /** A key is known by its text, also where it could be read as a number or a truth value. */
  #entry({ key, value }: Pair): MappingEntry[] {
    const keyNode = asNode(key);
    if (!keyNode?.range) return [];
    const [start, end] = keyNode.range;
    if (!isScalar(keyNode)) {
      this.#problems.push({ start, end, message: "A key must be a plain text." });
      return [];
    }
    const written = this.#text.slice(start, end);
    const name = typeof keyNode.value === "string" ? keyNode.value : written;
    return [{ name, key: { start, end }, value: this.node(asNode(value)) }];
  }
}

/** The parser counts the blank lines behind a block as part of it. */
function blockSpan(start: number, end: number, isFlow: boolean, last: MappingEntry | undefined): Span {
  if (isFlow || !last) return { start, end };
  return { start, end: Math.max(last.key.end, last.value?.end ?? 0) };
}

function asNode(value: unknown): Node | null {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value) ? value : null;
}
