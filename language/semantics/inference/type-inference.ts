import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import type { FileView } from "#language/semantics/file-view.ts";
import { annotatedType } from "#language/semantics/inference/annotated-types.ts";
import { BindingTypes } from "#language/semantics/inference/binding-types.ts";
import { CallTypes } from "#language/semantics/inference/call-types.ts";
import { FunctionTypes } from "#language/semantics/inference/function-types.ts";
import { HandleTypes } from "#language/semantics/inference/handle-types.ts";
import type { Call, Inference, PlacedSite, PlacedWrite } from "#language/semantics/inference/inference.ts";
import { InferenceDepth, Inferred } from "#language/semantics/inference/inferred.ts";
import { NameTypes } from "#language/semantics/inference/name-types.ts";
import { operatorType } from "#language/semantics/inference/operator-types.ts";
import type { Schema } from "#language/semantics/schema.ts";
import type { Binding, WrittenValue } from "#language/semantics/scopes.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import {
  alternatives,
  booleanType,
  type FunctionType,
  integerType,
  type Member,
  nilType,
  numberType,
  type Parameter,
  type TableType,
  type Type,
  unionOf,
  unknownType,
  widened,
} from "#language/semantics/types.ts";
import type { Expression, FunctionBody, TableExpression } from "#language/syntax/tree.ts";

/**
 * Infers the types of one version of a file, each when it is first asked for. Names are followed wherever they lead;
 * a circle ends in `unknown`. Flow is not followed: a variable has every type that is ever assigned to it.
 */
export class TypeInference implements Inference {
  readonly file: FileView;
  readonly depth = new InferenceDepth();
  readonly #bindings: BindingTypes;
  readonly #calls: CallTypes;
  readonly #functions: FunctionTypes;
  readonly #handles: HandleTypes;
  readonly #names: NameTypes;
  readonly #known = new Inferred<Expression, Type>(this.depth, unknownType);

  constructor(file: FileView) {
    this.file = file;
    this.#bindings = new BindingTypes(this);
    this.#calls = new CallTypes(this);
    this.#functions = new FunctionTypes(this);
    this.#handles = new HandleTypes(this);
    this.#names = new NameTypes(this);
  }

  /** The type of the (first) value of an expression of a statement. */
  typeOf(model: StatementModel, expression: Expression): Type {
    return (
      this.#known.known(expression) ?? this.#known.find(expression, () => this.#infer(model, expression))
    );
  }

  /** The type of the value number `index` (from 0) that a list of expressions gives. */
  typeOfValue(model: StatementModel, expression: Expression, index: number): Type {
    if (index === 0) return this.typeOf(model, expression);
    const isCall = expression.kind === "CallExpression" || expression.kind === "MethodCall";
    return isCall ? (this.#calls.results(model, expression)[index] ?? nilType) : nilType;
  }

  typeOfBinding(model: StatementModel, binding: Binding): Type {
    return this.#bindings.typeOf(model, binding);
  }

  typeOfName(name: string, index: number): Type {
    return this.#names.typeOf(name, index);
  }

  globalType(name: string): Type | undefined {
    return this.#names.globalType(name);
  }

  written(model: StatementModel, value: WrittenValue, name?: string): Type {
    return this.#bindings.written(model, value, name);
  }

  withFields(type: Type, writes: readonly PlacedWrite[]): Type {
    return this.#bindings.withFields(type, writes);
  }

  functionType(model: StatementModel, body: FunctionBody, name?: string): FunctionType {
    return this.#functions.typeOf(model, body, name);
  }

  parameterType(model: StatementModel, body: FunctionBody, index: number): Type {
    return this.#functions.parameterType(model, body, index);
  }

  returnsOf(model: StatementModel, body: FunctionBody): readonly Type[] {
    return this.#functions.returnsOf(model, body);
  }

  results(model: StatementModel, call: Call): readonly Type[] {
    return this.#calls.results(model, call);
  }

  calledFunction(model: StatementModel, call: Call): FunctionType | undefined {
    return this.#calls.calledFunction(model, call);
  }

  callbackParameters(model: StatementModel, call: Call, index: number): readonly Parameter[] | undefined {
    return this.#calls.callbackParameters(model, call, index);
  }

  handleTypeOf(model: StatementModel, site: DeclarationSite): Type {
    return this.#handles.typeOf(model, site);
  }

  inputType(model: StatementModel, site: DeclarationSite): Type {
    return this.#handles.inputType(model, site);
  }

  outputType(model: StatementModel, site: DeclarationSite): Type {
    return this.#handles.outputType(model, site);
  }

  schemaOf(model: StatementModel, site: DeclarationSite, field: string): Schema | undefined {
    return this.#handles.schemaOf(model, site, field);
  }

  readSchema(model: StatementModel, expression: Expression | undefined): Schema | undefined {
    return this.#handles.readSchema(model, expression);
  }

  siteOf(kind: string, name: string): PlacedSite | undefined {
    return this.#names.siteOf(kind, name);
  }

  siteOfHandle(type: Type): PlacedSite | undefined {
    return this.#names.siteOfHandle(type);
  }

  sites(): readonly PlacedSite[] {
    return this.#names.sites();
  }

  declared(kind: string, name: string): Type | undefined {
    return this.#names.declared(kind, name);
  }

  stateType(): Type {
    return this.#names.stateType();
  }

  scriptSchemas(field: string): readonly Schema[] {
    return this.#names.scriptSchemas(field);
  }

  classType(name: string): Type | undefined {
    return this.#names.classType(name);
  }

  #infer(model: StatementModel, expression: Expression): Type {
    switch (expression.kind) {
      case "LiteralExpression":
        return expression.value === undefined ? nilType : booleanType;
      case "NumberExpression":
        return expression.isInteger ? integerType : numberType;
      case "StringExpression":
        return { kind: "string", value: expression.value };
      case "FunctionExpression":
        return this.functionType(model, expression.body);
      case "TableExpression":
        return this.#table(model, expression);
      case "BinaryExpression":
        return operatorType(expression, (operand) => this.typeOf(model, operand));
      case "UnaryExpression":
        if (expression.operator === "not") return booleanType;
        return expression.operator === "#" ? integerType : this.typeOf(model, expression.operand);
      case "ParenthesizedExpression":
        return this.typeOf(model, expression.inner);
      case "NameExpression": {
        const binding = model.scopes.bindingOf.get(expression);
        return binding ? this.typeOfBinding(model, binding) : this.typeOfName(expression.text, model.index);
      }
      case "MemberExpression":
        return this.memberType(this.typeOf(model, expression.object), expression.member.text);
      case "IndexExpression":
        return this.#indexed(model, expression.object, expression.key);
      case "CallExpression":
      case "MethodCall":
        return this.#calls.results(model, expression)[0] ?? unknownType;
      case "VarargExpression":
      case "MissingExpression":
        return unknownType;
    }
  }

  /** What a field of a value holds. */
  memberType(object: Type, name: string): Type {
    const types: Type[] = [];
    for (const type of alternatives(object)) {
      if (type.kind === "table" || type.kind === "handle") {
        const member = type.members.get(name);
        if (member) types.push(member.isOptional ? unionOf([member.type, nilType]) : member.type);
        else types.push(unknownType);
      } else if (type.kind === "string") {
        types.push(this.memberType(this.typeOfName("string", 0), name));
      } else types.push(unknownType);
    }
    return unionOf(types);
  }

  #indexed(model: StatementModel, object: Expression, key: Expression): Type {
    const table = this.typeOf(model, object);
    if (key.kind === "StringExpression") return this.memberType(table, key.value);
    const elements = alternatives(table).map((type) =>
      type.kind === "table" && type.element ? type.element : unknownType,
    );
    return unionOf(elements);
  }

  #table(model: StatementModel, table: TableExpression): TableType {
    const members = new Map<string, Member>();
    const elements: Type[] = [];
    let isOpen = false;
    for (const field of table.fields) {
      if (field.kind === "PositionalField") elements.push(this.typeOf(model, field.value));
      else if (field.kind === "KeyedField" && field.key.kind !== "StringExpression") isOpen = true;
      else {
        const [name, span] =
          field.kind === "NamedField"
            ? [field.name.text, field.name]
            : [field.key.kind === "StringExpression" ? field.key.value : "", field.key];
        members.set(name, this.#member(model, name, span, field.start, field.value));
      }
    }
    const element = elements.length > 0 ? { element: unionOf(elements.map(widened)) } : {};
    return { kind: "table", members, isOpen, ...element };
  }

  #member(
    model: StatementModel,
    name: string,
    span: { start: number; end: number },
    start: number,
    value: Expression,
  ): Member {
    const annotations = this.file.annotationsBefore(model, start);
    const type = annotations?.type && annotatedType(annotations.type, this);
    return {
      name,
      type: type ?? widened(this.typeOf(model, value)),
      place: { statement: model, span },
      ...(annotations?.text && { doc: annotations.text }),
      ...(annotations?.deprecated !== undefined && { deprecated: annotations.deprecated }),
    };
  }
}
