import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import type { FileView } from "#language/semantics/file-view.ts";
import type { InferenceDepth } from "#language/semantics/inference/inferred.ts";
import type { Schema } from "#language/semantics/schema.ts";
import type { Binding, MemberWrite, WrittenValue } from "#language/semantics/scopes.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { FunctionType, Parameter, Type } from "#language/semantics/types.ts";
import type { CallExpression, Expression, FunctionBody, MethodCall } from "#language/syntax/tree.ts";

export type Call = CallExpression | MethodCall;

/** A declaration with the statement that it stands in. */
export interface PlacedSite {
  readonly model: StatementModel;
  readonly site: DeclarationSite;
}

/** A write to a field, with the statement that it stands in. */
export type PlacedWrite = readonly [model: StatementModel, write: MemberWrite];

/** What can be asked about the types of one version of a file; `type-inference.ts` answers. */
export interface Inference {
  readonly file: FileView;
  readonly depth: InferenceDepth;
  /** The type of the (first) value of an expression of a statement. */
  typeOf(model: StatementModel, expression: Expression): Type;
  /** The type of the value number `index` (from 0) that an expression gives. */
  typeOfValue(model: StatementModel, expression: Expression, index: number): Type;
  typeOfBinding(model: StatementModel, binding: Binding): Type;
  /** The type of a name that statement `index` of the file does not bind itself. */
  typeOfName(name: string, index: number): Type;
  /** The type of a global; undefined when nothing is known by that name. */
  globalType(name: string): Type | undefined;
  /** What a field of a value holds. */
  memberType(object: Type, name: string): Type;
  /** The type of a value that is written somewhere. */
  written(model: StatementModel, value: WrittenValue, name?: string): Type;
  /** A table type with the fields that are put into the table after it is made. */
  withFields(type: Type, writes: readonly PlacedWrite[]): Type;

  functionType(model: StatementModel, body: FunctionBody, name?: string): FunctionType;
  parameterType(model: StatementModel, body: FunctionBody, index: number): Type;
  returnsOf(model: StatementModel, body: FunctionBody): readonly Type[];

  /** The types of all results of a call. */
  results(model: StatementModel, call: Call): readonly Type[];
  /** The function that a call calls, when it is known. */
  calledFunction(model: StatementModel, call: Call): FunctionType | undefined;
  /** What a function that stands among the arguments of a call is given when it is called. */
  callbackParameters(model: StatementModel, call: Call, index: number): readonly Parameter[] | undefined;

  /** What a declaration gives back. */
  handleTypeOf(model: StatementModel, site: DeclarationSite): Type;
  /** What the body of a tool or a procedure is called with. */
  inputType(model: StatementModel, site: DeclarationSite): Type;
  /** What a call of a declared tool or procedure gives back. */
  outputType(model: StatementModel, site: DeclarationSite): Type;
  /** The `input`, `output` or `state` schema of a declaration; undefined when it has none that can be read. */
  schemaOf(model: StatementModel, site: DeclarationSite, field: string): Schema | undefined;
  readSchema(model: StatementModel, expression: Expression | undefined): Schema | undefined;

  /** The declaration of that kind and name in this file. */
  siteOf(kind: string, name: string): PlacedSite | undefined;
  /** The declaration that a handle comes from, when it is in this file. */
  siteOfHandle(type: Type): PlacedSite | undefined;
  /** Every declaration of the file. */
  sites(): readonly PlacedSite[];
  /** What was declared under a name, in this file. */
  declared(kind: string, name: string): Type | undefined;
  /** The fields of the state, as the procedures of the file declare them. */
  stateType(): Type;
  /** `input {…}` and `output {…}` at the top of a file (language.md §1.3). */
  scriptSchemas(field: string): readonly Schema[];
  /** A class or an alias of an annotation. */
  classType(name: string): Type | undefined;
}
