import type {
  Expression,
  FunctionBody,
  GenericFor,
  LocalStatement,
  NameExpression,
  NumericFor,
  Span,
} from "#language/syntax/tree.ts";

/** What one top-level statement binds and uses; all spans are relative to it, none needs another statement. */
export interface StatementScopes {
  /** Every local, parameter and loop variable, in text order. */
  readonly bindings: readonly Binding[];
  /** Names that no binding of this statement explains: locals of earlier statements, or globals. */
  readonly free: readonly FreeName[];
  /** `a.b.c = …` and `function a.b:c()` wherever they stand. */
  readonly memberWrites: readonly MemberWrite[];
  /** The binding that a name means, when it is one of this statement. */
  readonly bindingOf: ReadonlyMap<NameExpression, Binding>;
}

/** A local variable, a parameter or a loop variable. */
export interface Binding {
  readonly name: string;
  /** Its name where it is declared; no width for the `self` of a method. */
  readonly span: Span;
  /** Where it can be seen; a local of the outermost block stays visible after its statement. */
  readonly visible: Span;
  readonly isTopLevel: boolean;
  readonly attribute?: string;
  readonly origin: BindingOrigin;
  /** Uses in the same statement. */
  readonly uses: readonly NameUse[];
}

export type BindingOrigin =
  | { readonly kind: "local"; readonly statement: LocalStatement; readonly index: number }
  | { readonly kind: "function"; readonly body: FunctionBody }
  | { readonly kind: "parameter"; readonly body: FunctionBody; readonly index: number }
  | { readonly kind: "self"; readonly body: FunctionBody; readonly object: Expression }
  | { readonly kind: "loop"; readonly statement: NumericFor | GenericFor; readonly index: number };

/** A name where it is used. */
export interface NameUse {
  readonly node: NameExpression;
  readonly access: NameAccess;
  /** The innermost function that it stands in. */
  readonly enclosing: FunctionBody | undefined;
  /** What a write gives it. */
  readonly value?: WrittenValue;
}

/** `member` is the `a` of `a.b = 1`: something is put into it, nothing is taken out. */
export type NameAccess = "read" | "write" | "call" | "member";

export interface FreeName extends NameUse {
  readonly name: string;
}

/** What is assigned: an expression (`index` picks one of its values when it gives several), or a function's body. */
export interface WrittenValue {
  readonly expression?: Expression;
  readonly index?: number;
  readonly body?: FunctionBody;
}

/** Something put into a field of a named table. */
export interface MemberWrite {
  /** The name at the root of the target. */
  readonly root: NameExpression;
  /** Names from the root to the field: `{"b", "c"}` for `a.b.c`. */
  readonly path: readonly string[];
  /** The last name. */
  readonly span: Span;
  readonly value: WrittenValue;
  readonly isMethod: boolean;
  readonly enclosing: FunctionBody | undefined;
}
