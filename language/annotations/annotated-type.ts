import type { Span } from "#language/syntax/tree.ts";

/**
 * A type as an annotation spells it, before anybody looks up what its names mean. Spans are in the frame of the comment
 * lines that were read, so that an editor can link each name.
 */
export type AnnotatedType =
  | AnnotatedName
  | AnnotatedLiteral
  | AnnotatedList
  | AnnotatedMap
  | AnnotatedTable
  | AnnotatedFunction
  | AnnotatedUnion;

/** `string`, `Ticket`, `Box<T>`; also `any`, `nil`, `table` and the name of a generic. */
export interface AnnotatedName extends Span {
  readonly kind: "name";
  readonly name: string;
  readonly nameSpan: Span;
  /** Between `<` and `>`. */
  readonly arguments: readonly AnnotatedType[];
}

/** `"fast"`, `3`, `true`. */
interface AnnotatedLiteral extends Span {
  readonly kind: "literal";
  readonly value: string | number | boolean;
}

/** `T[]`; `[A, B]` is a list of `A | B`. */
interface AnnotatedList extends Span {
  readonly kind: "list";
  readonly element: AnnotatedType;
}

/** `table<K, V>`. */
interface AnnotatedMap extends Span {
  readonly kind: "map";
  readonly key: AnnotatedType;
  readonly value: AnnotatedType;
}

/** `{ name: string, tags?: string[], [string]: any }`. */
export interface AnnotatedTable extends Span {
  readonly kind: "table";
  readonly fields: readonly AnnotatedMember[];
  /** Of the keys that have no name of their own. */
  readonly index?: { readonly key: AnnotatedType; readonly value: AnnotatedType };
}

/** `fun(name: string, count?: integer, ...): boolean, string`. */
export interface AnnotatedFunction extends Span {
  readonly kind: "function";
  /** The name `...` stands for all further arguments. */
  readonly parameters: readonly AnnotatedMember[];
  readonly returns: readonly AnnotatedType[];
}

/** `A | B`; `T?` is the union of `T` and the name `nil`. */
interface AnnotatedUnion extends Span {
  readonly kind: "union";
  readonly members: readonly AnnotatedType[];
}

/** A field of a table or a parameter of a function. */
export interface AnnotatedMember {
  readonly name: string;
  readonly nameSpan: Span;
  /** A `?` behind the name. */
  readonly isOptional: boolean;
  readonly type?: AnnotatedType;
}
