import type { AnnotatedFunction, AnnotatedType } from "#language/annotations/annotated-type.ts";
import type { AnnotationProblem } from "#language/annotations/type-reader.ts";
import type { Span } from "#language/syntax/tree.ts";

/** `---@param name? type text`; the name `...` stands for all further arguments. */
export interface AnnotatedParameter {
  readonly name: string;
  readonly nameSpan: Span;
  readonly isOptional: boolean;
  readonly type?: AnnotatedType;
  readonly text: string;
}

/** `---@return type name text`. */
export interface AnnotatedReturn {
  readonly type: AnnotatedType;
  readonly name?: string;
  readonly text: string;
}

/** `---@class Name: Parent`, with the fields that follow it. */
export interface AnnotatedClass {
  readonly name: string;
  readonly nameSpan: Span;
  readonly parents: readonly AnnotatedType[];
  readonly fields: readonly AnnotatedField[];
  readonly text: string;
}

/** `---@field name? type text`, or `---@field [key] type text`. */
export interface AnnotatedField {
  /** Absent when the field stands for all keys of a type. */
  readonly name?: string;
  readonly nameSpan?: Span;
  readonly key?: AnnotatedType;
  readonly isOptional: boolean;
  readonly type?: AnnotatedType;
  readonly text: string;
}

/** `---@alias Name type`. */
export interface AnnotatedAlias {
  readonly name: string;
  readonly nameSpan: Span;
  readonly type?: AnnotatedType;
  readonly text: string;
}

export interface AnnotatedGeneric {
  readonly name: string;
  readonly nameSpan: Span;
  readonly constraint?: AnnotatedType;
}

/** Annotations while their lines are being read. */
export interface AnnotationsDraft {
  readonly text: string[];
  readonly parameters: AnnotatedParameter[];
  readonly returns: AnnotatedReturn[];
  readonly classes: (AnnotatedClass & { readonly fields: AnnotatedField[] })[];
  readonly aliases: AnnotatedAlias[];
  readonly generics: AnnotatedGeneric[];
  readonly overloads: AnnotatedFunction[];
  readonly problems: AnnotationProblem[];
  type?: AnnotatedType;
  deprecated?: string;
  /** Adds another member to the type of the annotation before (`---| "slow"`). */
  extend?: (member: AnnotatedType) => void;
}
