import { declarations } from "./declarations.ts";
import type { DeclarationForm } from "./entries.ts";
import { primitives } from "./primitives.ts";

/** What a form looks like in the text. */
export type FormMatch =
  | DeclarationMatch
  /** A call of a member that the value does not have: `writer.turn(…)`. `handle` is a name of `handles`. */
  | { readonly kind: "memberCall"; readonly handle: string; readonly member: string }
  /** A table in the list of a field that has a certain key: a tool with a `handler` in `tools` of an agent. */
  | { readonly kind: "itemField"; readonly declaration: string; readonly field: string; readonly key: string }
  /** A table with `type` and one of these keys where a field of a schema stands: `{type = "string", required = true}`. */
  | { readonly kind: "typeTable"; readonly keys: readonly string[] }
  /** A word that is older as a whole: `Specifications`, `Human.inputs`. */
  | { readonly kind: "word"; readonly name: string };

/** A way to write a declaration. `lookup` is `Kind("x")` with nothing else. */
interface DeclarationMatch {
  readonly kind: "declaration";
  readonly declaration: string;
  readonly form: DeclarationForm | "lookup";
  /** Only there; `top` is outside of functions. Absent: everywhere. */
  readonly place?: "top" | "function";
  /** It has a table beside the text: `Specification("x", {…})`. */
  readonly withTable?: true;
  /** The name stands alone, not behind a module: `Corpus {…}` and not `files.Corpus {…}`. */
  readonly alone?: true;
}

/** How the form is made into what should stand there. */
type FormRewrite =
  /** `Kind "x" {…}` becomes `x = Kind {…}`. */
  | "assign"
  /** `Kind("x", {…})` becomes `Kind "x" {…}`; a function beside the table moves into it. */
  | "curry"
  /** `Kind("x")` becomes the variable `x`. */
  | "variable"
  /** `x.member(…)` becomes `x(…)`. */
  | "dropMember"
  /** `{type = "string", …}` becomes `field.string{…}`. */
  | "fieldBuilder"
  /** The word becomes `instead`. */
  | "rename";

/** A form of older versions, or one that never worked. */
export interface DeprecatedForm {
  readonly code: "deprecated-form" | "removed-form";
  readonly match: FormMatch;
  /** What to write; it follows "write ". */
  readonly instead: string;
  /** What is wrong with it, for people. */
  readonly doc: string;
  /** Absent: no rewrite is sure to keep the meaning. */
  readonly rewrite?: FormRewrite;
}

const writtenForms: readonly DeprecatedForm[] = [
  {
    code: "deprecated-form",
    match: { kind: "declaration", declaration: "Agent", form: "curried" },
    instead: "x = Agent {…}",
    doc: 'Agent "x" {…} is an older form; the variable names the agent.',
    rewrite: "assign",
  },
  {
    code: "deprecated-form",
    match: { kind: "declaration", declaration: "Agent", form: "call" },
    instead: "x = Agent {…}",
    doc: 'Agent("x", {…}) is an older form; the variable names the agent.',
    rewrite: "assign",
  },
  {
    code: "deprecated-form",
    match: { kind: "declaration", declaration: "Agent", form: "lookup", place: "top" },
    instead: "the variable of the agent",
    doc: 'Agent("x") looks an agent up, and can only find those that stand before it.',
    rewrite: "variable",
  },
  {
    code: "removed-form",
    match: { kind: "declaration", declaration: "Tool", form: "curried" },
    instead: "x = Tool {…}",
    doc: 'Tool "x" {…} is not supported; the variable names the tool.',
    rewrite: "assign",
  },
  {
    code: "removed-form",
    match: { kind: "declaration", declaration: "Tool", form: "call", place: "top" },
    instead: "x = Tool {…}",
    doc: 'Tool("x", {…}) is not supported; the variable names the tool.',
    rewrite: "assign",
  },
  {
    code: "removed-form",
    match: { kind: "declaration", declaration: "Tool", form: "lookup", place: "top" },
    instead: "the variable of the tool",
    doc: 'Tool("x") finds a tool only while a procedure runs.',
    rewrite: "variable",
  },
  {
    code: "deprecated-form",
    match: { kind: "declaration", declaration: "Procedure", form: "call" },
    instead: 'Procedure "x" {…}',
    doc: 'Procedure("x", {…}, function) is an older form; the function stands in the table without a name.',
    rewrite: "curry",
  },
  {
    code: "deprecated-form",
    match: { kind: "declaration", declaration: "Toolset", form: "call" },
    instead: 'Toolset "x" {…}',
    doc: 'Toolset("x", {…}) is an older form.',
    rewrite: "curry",
  },
  {
    code: "deprecated-form",
    match: { kind: "declaration", declaration: "Module", form: "call" },
    instead: 'Module "x" {…}',
    doc: 'Module("x", {…}) is an older form.',
    rewrite: "curry",
  },
  {
    code: "deprecated-form",
    match: { kind: "declaration", declaration: "Specification", form: "call", withTable: true },
    instead: "Specification([[…]]) with Gherkin",
    doc: 'Specification("x", {…}) with tables is an older form that nothing runs.',
  },
  ...[
    ["Corpus", "tactus.corpora.filesystem"] as const,
    ["Retriever", "tactus.retrievers.tf_vector"] as const,
  ].flatMap(([declaration, module]) =>
    (["assigned", "bare"] as const).map(
      (form): DeprecatedForm => ({
        code: "deprecated-form",
        match: { kind: "declaration", declaration, form, alone: true },
        instead: `module.${declaration} {…} of a module such as ${module}`,
        doc: `${declaration} {…} alone does not say of which kind it is.`,
      }),
    ),
  ),
  ...["Context", "Corpus", "Retriever", "Compactor"].flatMap((declaration) =>
    (["curried", "call"] as const).map(
      (form): DeprecatedForm => ({
        code: "removed-form",
        match: { kind: "declaration", declaration, form },
        instead: `x = ${declaration} {…}`,
        doc: `${declaration} takes no name; the variable names it.`,
        rewrite: "assign",
      }),
    ),
  ),
  {
    code: "removed-form",
    match: { kind: "memberCall", handle: "agent", member: "turn" },
    instead: "a call of the agent itself",
    doc: "Agents have no function `turn`: calling the agent makes a turn.",
    rewrite: "dropMember",
  },
  {
    code: "removed-form",
    match: { kind: "memberCall", handle: "agent", member: "run" },
    instead: "a call of the agent itself",
    doc: "Agents have no function `run`: calling the agent makes a turn.",
    rewrite: "dropMember",
  },
  {
    code: "removed-form",
    match: { kind: "memberCall", handle: "procedure", member: "run" },
    instead: "a call of the procedure itself",
    doc: "Procedures have no function `run`: calling the procedure runs it.",
    rewrite: "dropMember",
  },
  {
    code: "removed-form",
    match: { kind: "memberCall", handle: "procedure", member: "spawn" },
    instead: "a call of the procedure itself",
    doc: "Procedures have no function `spawn`; one of this file can only be called.",
  },
  {
    code: "removed-form",
    match: { kind: "itemField", declaration: "Agent", field: "tools", key: "handler" },
    instead: "the tool in inline_tools",
    doc: "A tool that is declared in place does not belong in `tools`.",
  },
  {
    code: "deprecated-form",
    match: { kind: "typeTable", keys: ["required", "description"] },
    instead: "field.string{…} and its kin",
    doc: "A plain table as a field is an older form.",
    rewrite: "fieldBuilder",
  },
];

/** Words that their own entries call older. */
const olderWords: readonly DeprecatedForm[] = [
  ...declarations,
  ...primitives.flatMap(({ name, functions }) =>
    functions.map((entry) => ({ ...entry, name: `${name}.${entry.name}` })),
  ),
].flatMap(({ name, deprecated, doc }): DeprecatedForm[] =>
  deprecated === undefined
    ? []
    : [
        {
          code: "deprecated-form",
          match: { kind: "word", name },
          instead: deprecated,
          doc,
          rewrite: "rename",
        },
      ],
);

/**
 * Forms of older versions (language.md §3). Fields and members that are older or gone have `deprecated` or `removed`
 * on their own entries, globals that are gone stand in `absentGlobals`: neither is repeated here.
 */
export const deprecatedForms: readonly DeprecatedForm[] = [...writtenForms, ...olderWords];
