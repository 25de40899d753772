import type { TokenBuffer } from "#language/syntax/tokens.ts";

/**
 * The syntax tree of a `.tac` text. It is immutable and loss-free together with its tokens, and made of top-level
 * statements whose positions are relative to their own start: after an edit, every statement that the edit did not
 * touch is the same object as before, wherever it moved to. Whatever is computed for a statement can therefore be kept
 * in a WeakMap under it.
 *
 * A damaged text has a tree too: what is missing stands there with no width (`MissingExpression`, names with an empty
 * text, absent `end` spans), what fits nowhere stands in an `ErrorStatement`. Its problems are those of the Lua compiler:
 * a tree has none, neither in its statements nor of the file, exactly when that accepts the text.
 *
 * Nodes nest about 200 constructs deep at most, as in Lua, and chains (`a.b.c`, `a + b + c`) of more than a thousand
 * links per statement lack those in their middle, so that functions over the tree may call themselves.
 */
export interface SourceTree {
  readonly text: string;
  readonly tokens: TokenBuffer;
  /** In order and without gaps: each begins where the one before ended. The last one is the `EndOfFile`. */
  readonly statements: readonly TopStatement[];
  /** Where each statement begins in the text; as long as `statements`. */
  readonly offsets: Uint32Array;
  /** What only the whole file can tell (a `goto` without its label); offsets in the text. Not those of statements. */
  readonly problems: readonly SyntaxProblem[];
}

/** A statement of the file's outermost block, with the white space and comments before it. */
export interface TopStatement {
  /** UTF-16 units, from the first of its white space and comments to the end of the statement. */
  readonly length: number;
  readonly node: Statement | EndOfFile;
  /** Spans are relative to the statement. */
  readonly problems: readonly SyntaxProblem[];
  /** How far the parser looked, relative to the start: an edit before that may change this statement. */
  readonly reach: number;
}

/** A half-open range of UTF-16 offsets; in nodes relative to the start of their top-level statement. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Something the Lua compiler would refuse. */
export interface SyntaxProblem extends Span {
  readonly message: string;
  /** A text that mends it, inserted at a place (same frame as the span). */
  readonly insertion?: { readonly at: number; readonly text: string };
  /** The place that explains it: the `function` whose `end` is missing. */
  readonly related?: { readonly span: Span; readonly message: string };
}

/** The end of the text, with the white space and comments before it. */
export interface EndOfFile extends Span {
  readonly kind: "EndOfFile";
}

export type Node =
  | Statement
  | Expression
  | TableField
  | FunctionBody
  | IfClause
  | Block
  | NameNode
  | EndOfFile;

/** A name where it is written; `text` is empty where a name is missing. */
export interface NameNode extends Span {
  readonly kind: "NameNode";
  readonly text: string;
}

export interface Block extends Span {
  readonly kind: "Block";
  readonly statements: readonly Statement[];
}

// Statements.

export type Statement =
  | LocalStatement
  | LocalFunction
  | FunctionStatement
  | Assignment
  | CallStatement
  | IfStatement
  | WhileStatement
  | RepeatStatement
  | NumericFor
  | GenericFor
  | DoStatement
  | ReturnStatement
  | BreakStatement
  | GotoStatement
  | LabelStatement
  | EmptyStatement
  | ErrorStatement;

/** `local a <const>, b = 1, 2`. */
export interface LocalStatement extends Span {
  readonly kind: "LocalStatement";
  readonly names: readonly LocalName[];
  readonly values: readonly Expression[];
  readonly localKeyword: Span;
}

/** One name of a `local` statement. */
export interface LocalName {
  readonly name: NameNode;
  /** `const`, `close`, or what stands there wrongly. */
  readonly attribute?: NameNode;
}

/** `local function f(…) … end`. */
interface LocalFunction extends Span {
  readonly kind: "LocalFunction";
  readonly localKeyword: Span;
  readonly name: NameNode;
  readonly body: FunctionBody;
}

/** `function a.b:c(…) … end`; `target` is what is assigned, `isMethod` says that `self` is a parameter. */
export interface FunctionStatement extends Span {
  readonly kind: "FunctionStatement";
  readonly target: NameExpression | MemberExpression;
  readonly isMethod: boolean;
  readonly body: FunctionBody;
}

/** `a, b.c = 1, 2`. */
export interface Assignment extends Span {
  readonly kind: "Assignment";
  readonly targets: readonly Expression[];
  readonly values: readonly Expression[];
}

interface CallStatement extends Span {
  readonly kind: "CallStatement";
  /** A `CallExpression` or `MethodCall`; in a damaged text any expression. */
  readonly call: Expression;
}

export interface IfStatement extends Span {
  readonly kind: "IfStatement";
  /** `if`, then each `elseif`. */
  readonly clauses: readonly IfClause[];
  readonly elseBlock?: Block;
  readonly elseKeyword?: Span;
  readonly endKeyword?: Span;
}

export interface IfClause extends Span {
  readonly kind: "IfClause";
  /** `if` or `elseif`. */
  readonly keyword: Span;
  readonly condition: Expression;
  readonly thenKeyword?: Span;
  readonly block: Block;
}

export interface WhileStatement extends Span {
  readonly kind: "WhileStatement";
  readonly keyword: Span;
  readonly condition: Expression;
  readonly block: Block;
  readonly endKeyword?: Span;
}

export interface RepeatStatement extends Span {
  readonly kind: "RepeatStatement";
  readonly keyword: Span;
  readonly block: Block;
  readonly untilKeyword?: Span;
  /** Sees the locals of the block. */
  readonly condition: Expression;
}

export interface NumericFor extends Span {
  readonly kind: "NumericFor";
  readonly keyword: Span;
  readonly variable: NameNode;
  readonly from: Expression;
  readonly to: Expression;
  readonly step?: Expression;
  readonly block: Block;
  readonly endKeyword?: Span;
}

export interface GenericFor extends Span {
  readonly kind: "GenericFor";
  readonly keyword: Span;
  readonly variables: readonly NameNode[];
  readonly iterators: readonly Expression[];
  readonly block: Block;
  readonly endKeyword?: Span;
}

interface DoStatement extends Span {
  readonly kind: "DoStatement";
  readonly keyword: Span;
  readonly block: Block;
  readonly endKeyword?: Span;
}

export interface ReturnStatement extends Span {
  readonly kind: "ReturnStatement";
  readonly keyword: Span;
  readonly values: readonly Expression[];
}

interface BreakStatement extends Span {
  readonly kind: "BreakStatement";
}

export interface GotoStatement extends Span {
  readonly kind: "GotoStatement";
  readonly label: NameNode;
}

interface LabelStatement extends Span {
  readonly kind: "LabelStatement";
  readonly label: NameNode;
}

/** A lone `;`. */
interface EmptyStatement extends Span {
  readonly kind: "EmptyStatement";
}

/** Tokens that fit nowhere; never empty. */
interface ErrorStatement extends Span {
  readonly kind: "ErrorStatement";
  /** What could still be read of it, so that names in it stay known. */
  readonly expressions: readonly Expression[];
}

// Expressions.

export type Expression =
  | LiteralExpression
  | NumberExpression
  | StringExpression
  | VarargExpression
  | FunctionExpression
  | TableExpression
  | BinaryExpression
  | UnaryExpression
  | ParenthesizedExpression
  | NameExpression
  | MemberExpression
  | IndexExpression
  | CallExpression
  | MethodCall
  | MissingExpression;

/** `nil` (undefined), `true`, `false`. */
interface LiteralExpression extends Span {
  readonly kind: "LiteralExpression";
  readonly value: undefined | boolean;
}

export interface NumberExpression extends Span {
  readonly kind: "NumberExpression";
  /** Integers beyond 2^53 lose precision here; the text has them whole. */
  readonly value: number;
  readonly isInteger: boolean;
}

export interface StringExpression extends Span {
  readonly kind: "StringExpression";
  /** Decoded; bytes beyond ASCII that come from escapes and form no UTF-8 become U+FFFD. */
  readonly value: string;
  readonly isLong: boolean;
  /** The text between the quotes or brackets, without the line break that a long bracket skips. */
  readonly content: Span;
}

interface VarargExpression extends Span {
  readonly kind: "VarargExpression";
}

interface FunctionExpression extends Span {
  readonly kind: "FunctionExpression";
  readonly body: FunctionBody;
}

/** From `function` to `end`; a `FunctionStatement`'s name stands inside the span, before the parameters. */
export interface FunctionBody extends Span {
  readonly kind: "FunctionBody";
  readonly keyword: Span;
  readonly parameters: readonly NameNode[];
  readonly vararg?: Span;
  /** The parentheses with what is between them. */
  readonly parameterList: Span;
  readonly block: Block;
  readonly endKeyword?: Span;
}

export interface TableExpression extends Span {
  readonly kind: "TableExpression";
  readonly fields: readonly TableField[];
  readonly openBrace: Span;
  readonly closeBrace?: Span;
}

export type TableField = NamedField | KeyedField | PositionalField;

/** `name = value`. */
export interface NamedField extends Span {
  readonly kind: "NamedField";
  readonly name: NameNode;
  readonly value: Expression;
}

/** `[key] = value`. */
export interface KeyedField extends Span {
  readonly kind: "KeyedField";
  readonly key: Expression;
  readonly value: Expression;
}

/** `value`. */
interface PositionalField extends Span {
  readonly kind: "PositionalField";
  readonly value: Expression;
}

export interface BinaryExpression extends Span {
  readonly kind: "BinaryExpression";
  /** As it is written: `+`, `..`, `and`, `==` … */
  readonly operator: string;
  readonly operatorSpan: Span;
  readonly left: Expression;
  readonly right: Expression;
}

export interface UnaryExpression extends Span {
  readonly kind: "UnaryExpression";
  /** `-`, `not`, `#` or `~`. */
  readonly operator: string;
  readonly operand: Expression;
}

export interface ParenthesizedExpression extends Span {
  readonly kind: "ParenthesizedExpression";
  readonly inner: Expression;
}

export interface NameExpression extends Span {
  readonly kind: "NameExpression";
  readonly text: string;
}

/** `object.member`, also `object:` without a call and the `:name` of a function statement. */
export interface MemberExpression extends Span {
  readonly kind: "MemberExpression";
  readonly object: Expression;
  /** Empty text where it is missing (`foo.`). */
  readonly member: NameNode;
  /** `.` or `:`. */
  readonly separator: Span;
}

/** `object[key]`. */
export interface IndexExpression extends Span {
  readonly kind: "IndexExpression";
  readonly object: Expression;
  readonly key: Expression;
}

/** `f(…)`, `f{…}`, `f"…"`. */
export interface CallExpression extends Span {
  readonly kind: "CallExpression";
  readonly callee: Expression;
  readonly arguments: readonly Expression[];
  readonly form: CallForm;
  /** From `(` to `)`, or the table or the string. */
  readonly argumentList: Span;
}

/** `object:method(…)`. */
export interface MethodCall extends Span {
  readonly kind: "MethodCall";
  readonly object: Expression;
  readonly separator: Span;
  readonly method: NameNode;
  readonly arguments: readonly Expression[];
  readonly form: CallForm;
  readonly argumentList: Span;
}

export type CallForm = "parentheses" | "table" | "string";

/** An expression that is not there; no width, it stands where it was expected. */
interface MissingExpression extends Span {
  readonly kind: "MissingExpression";
}
