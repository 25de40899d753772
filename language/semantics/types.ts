import type { Span } from "#language/syntax/tree.ts";
import type { Entry, FieldEntry } from "#vocabulary/entries.ts";

/** What is known of a value before the program runs. `unknown` is compatible with everything. */
export type Type =
  | UnknownType
  | NilType
  | BooleanType
  | NumberType
  | StringType
  | TableType
  | FunctionType
  | HandleType
  | UnionType;

export interface UnknownType {
  readonly kind: "unknown";
}

export interface NilType {
  readonly kind: "nil";
}

export interface BooleanType {
  readonly kind: "boolean";
  readonly value?: boolean;
}

export interface NumberType {
  readonly kind: "number";
  readonly isInteger?: boolean;
}

export interface StringType {
  readonly kind: "string";
  /** The only text that it can be. */
  readonly value?: string;
  /** The only texts that it can be. */
  readonly values?: readonly string[];
}

/** A table. `isOpen` says that it may have members beside those that are known. */
export interface TableType {
  readonly kind: "table";
  readonly members: ReadonlyMap<string, Member>;
  /** What its list part holds. */
  readonly element?: Type;
  readonly isOpen: boolean;
  /** Name of a class, a primitive or a module, for people. */
  readonly name?: string;
  readonly doc?: string;
}

/** A field of a table, with what people should know of it. */
export interface Member {
  readonly name: string;
  readonly type: Type;
  readonly doc?: string;
  readonly isOptional?: boolean;
  readonly deprecated?: string;
  /** Where it is defined. */
  readonly place?: Place;
  /** What the vocabulary says of it. */
  readonly entry?: Entry;
}

export interface FunctionType {
  readonly kind: "function";
  readonly parameters: readonly Parameter[];
  readonly isVararg: boolean;
  /** Asked for only when needed: finding them walks the body. */
  readonly returns: () => readonly Type[];
  readonly name?: string;
  readonly doc?: string;
  readonly deprecated?: string;
  /** The first parameter is what stands before the colon. */
  readonly isMethod?: boolean;
  readonly place?: Place;
  readonly entry?: Entry;
}

export interface Parameter {
  readonly name: string;
  readonly type: Type;
  readonly isOptional?: boolean;
  readonly doc?: string;
  /** Fields of the table that it takes. */
  readonly entry?: FieldEntry;
}

/** What a declaration or a call gives back: an agent, a tool, the result of a turn. */
export interface HandleType {
  readonly kind: "handle";
  /** As in `vocabulary/handles.ts`. */
  readonly handle: string;
  /** The name under which it was declared. */
  readonly name?: string;
  readonly members: ReadonlyMap<string, Member>;
  /** It may have members beside those. */
  readonly isOpen?: boolean;
  /** Calling it, when it can be called. */
  readonly call?: FunctionType;
  readonly place?: Place;
  readonly doc?: string;
}

interface UnionType {
  readonly kind: "union";
  readonly members: readonly Type[];
}

/** A range in a statement of a file; the statement says where it stands now. */
export interface Place {
  readonly statement: PlacedStatement;
  readonly span: Span;
}

/** A statement that knows its file and, while it is part of it, where in the text it begins. */
export interface PlacedStatement {
  readonly uri: string;
  readonly offset: number;
  /** Its number in the file. */
  readonly index: number;
  readonly isCurrent: boolean;
}

export const unknownType: UnknownType = { kind: "unknown" };
export const nilType: NilType = { kind: "nil" };
export const booleanType: BooleanType = { kind: "boolean" };
export const numberType: NumberType = { kind: "number" };
export const integerType: NumberType = { kind: "number", isInteger: true };
export const stringType: StringType = { kind: "string" };

/** Texts out of the values that are allowed; any text when none of those is one. */
export function stringOf(allowed: readonly unknown[] = []): StringType {
  const values = allowed.filter((value) => typeof value === "string");
  return values.length > 0 ? { kind: "string", values } : stringType;
}
export const openTable: TableType = { kind: "table", members: new Map(), isOpen: true };

/** A list of something. */
export function listOf(element: Type): TableType {
  return { kind: "table", members: new Map(), element, isOpen: false };
}

/** A value that is one of these; unknown as soon as one is unknown, and never more than eight alternatives. */
export function unionOf(types: readonly Type[]): Type {
  const flat = types.flatMap((type) => (type.kind === "union" ? type.members : [type]));
  if (flat.length === 0 || flat.some(({ kind }) => kind === "unknown")) return unknownType;
  const distinct: Type[] = [];
  for (const type of flat) if (!distinct.some((other) => isSameType(other, type))) distinct.push(type);
  const [only] = distinct;
  if (distinct.length === 1 && only) return only;
  return distinct.length > 8 ? unknownType : { kind: "union", members: distinct };
}

/** Close enough to be one alternative of a union. */
function isSameType(first: Type, second: Type): boolean {
  if (first === second) return true;
  if (first.kind === "string" && second.kind === "string")
    return first.value === second.value && first.values === second.values;
  if (first.kind === "boolean" && second.kind === "boolean") return first.value === second.value;
  if (first.kind === "number" && second.kind === "number") return first.isInteger === second.isInteger;
  if (first.kind === "handle" && second.kind === "handle")
    return first.handle === second.handle && first.name === second.name;
  return first.kind === "nil" && second.kind === "nil";
}

/** The alternatives of a type. */
export function alternatives(type: Type): readonly Type[] {
  return type.kind === "union" ? type.members : [type];
}

/** A type without nil. */
export function withoutNil(type: Type): Type {
  return type.kind === "union" ? unionOf(type.members.filter(({ kind }) => kind !== "nil")) : type;
}

/** A variable that holds one text may hold others later. */
export function widened(type: Type): Type {
  if (type.kind === "string" && type.value !== undefined) return stringType;
  return type.kind === "boolean" ? booleanType : type;
}

/** Members that can be reached with a dot; undefined where nothing is known of the value. */
export function membersOf(type: Type): ReadonlyMap<string, Member> | undefined {
  if (type.kind === "table" || type.kind === "handle") return type.members;
  if (type.kind !== "union") return undefined;
  const all = new Map<string, Member>();
  for (const alternative of type.members)
    for (const [name, member] of membersOf(alternative) ?? []) if (!all.has(name)) all.set(name, member);
  return all.size > 0 ? all : undefined;
}

/** How the value is called, when it can be. */
export function callableOf(type: Type): FunctionType | undefined {
  if (type.kind === "function") return type;
  if (type.kind === "handle") return type.call;
  if (type.kind !== "union") return undefined;
  for (const alternative of type.members) {
    const callable = callableOf(alternative);
    if (callable) return callable;
  }
  return undefined;
}
