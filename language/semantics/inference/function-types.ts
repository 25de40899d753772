import type { Annotations } from "#language/annotations/annotations.ts";
import { annotatedType } from "#language/semantics/inference/annotated-types.ts";
import { type FunctionContext, functionContexts } from "#language/semantics/inference/function-contexts.ts";
import type { Inference } from "#language/semantics/inference/inference.ts";
import { Inferred } from "#language/semantics/inference/inferred.ts";
import { typeOfKinds } from "#language/semantics/inference/vocabulary-types.ts";
import { typeOfSchema } from "#language/semantics/schema.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { fieldNamed } from "#language/semantics/table-fields.ts";
import { type FunctionType, nilType, type Type, unionOf, unknownType } from "#language/semantics/types.ts";
import type { Block, FunctionBody, ReturnStatement, Statement } from "#language/syntax/tree.ts";

/** Types of functions: parameters from annotations or from where the function stands, results from what it returns. */
export class FunctionTypes {
  readonly #inference: Inference;
  readonly #returns: Inferred<FunctionBody, readonly Type[]>;

  constructor(inference: Inference) {
    this.#inference = inference;
    this.#returns = new Inferred(inference.depth, [unknownType]);
  }

  typeOf(model: StatementModel, body: FunctionBody, name?: string): FunctionType {
    const annotations = this.annotationsOf(model, body);
    return {
      kind: "function",
      parameters: body.parameters.map(({ text }, index) => {
        const described = annotations?.parameters.find((parameter) => parameter.name === text);
        return {
          name: text,
          type: this.parameterType(model, body, index),
          ...(described?.isOptional && { isOptional: true }),
          ...(described?.text && { doc: described.text }),
        };
      }),
      isVararg: body.vararg !== undefined,
      returns: () => this.returnsOf(model, body),
      place: { statement: model, span: body.keyword },
      ...(name !== undefined && { name }),
      ...(annotations?.text && { doc: annotations.text }),
      ...(annotations?.deprecated !== undefined && { deprecated: annotations.deprecated }),
    };
  }

  /** What the comment before the function says. */
  annotationsOf(model: StatementModel, body: FunctionBody): Annotations | undefined {
    const context = functionContexts(model).get(body);
    return this.#inference.file.annotationsBefore(model, context?.start ?? body.start);
  }

  parameterType(model: StatementModel, body: FunctionBody, index: number): Type {
    const name = body.parameters[index]?.text;
    const annotations = this.annotationsOf(model, body);
    const described = annotations?.parameters.find((parameter) => parameter.name === name);
    if (described?.type) return annotatedType(described.type, this.#inference);
    const context = functionContexts(model).get(body);
    return context ? this.#fromContext(model, context, index) : unknownType;
  }

  returnsOf(model: StatementModel, body: FunctionBody): readonly Type[] {
    return this.#returns.known(body) ?? this.#returns.find(body, () => this.#findReturns(model, body));
  }

  #findReturns(model: StatementModel, body: FunctionBody): readonly Type[] {
    const annotations = this.annotationsOf(model, body);
    return annotations && annotations.returns.length > 0
      ? annotations.returns.map(({ type }) => annotatedType(type, this.#inference))
      : this.#returned(model, body);
  }

  #fromContext(model: StatementModel, context: FunctionContext, index: number): Type {
    if (context.kind === "body") {
      const described = context.site.entry.body?.parameters[index];
      const input = index === 0 ? this.#inference.inputType(model, context.site) : unknownType;
      return input.kind === "unknown" && described ? typeOfKinds(described) : input;
    }
    if (context.kind === "argument") {
      const parameters = this.#inference.callbackParameters(model, context.call, context.index);
      return parameters?.[index]?.type ?? unknownType;
    }
    if (context.kind === "inlineTool" && index === 0) {
      const schema = this.#inference.readSchema(model, fieldNamed(context.table, "input")?.value);
      return schema ? typeOfSchema(schema) : unknownType;
    }
    if (context.kind === "field") {
      const field = context.site.entry.fields.find(({ name }) => name === context.field);
      const parameter = field?.parameters?.[index];
      return parameter ? typeOfKinds(parameter) : unknownType;
    }
    return unknownType;
  }

  #returned(model: StatementModel, body: FunctionBody): readonly Type[] {
    const statements = returnsIn(body.block);
    const widest = Math.max(0, ...statements.map(({ values }) => values.length));
    const types: Type[] = [];
    for (let index = 0; index < Math.min(widest, 8); index++) {
      types.push(
        unionOf(
          statements.map(({ values }) => {
            const value = values[index];
            return value ? this.#inference.typeOf(model, value) : nilType;
          }),
        ),
      );
    }
    const [only] = statements;
    const [value] = only?.values ?? [];
    const passesOn = statements.length === 1 && widest === 1 && value?.kind === "CallExpression";
    return passesOn ? this.#inference.results(model, value) : types;
  }
}

/** The `return` statements of a block, those of functions in it left out. */
export function returnsIn(block: Block): ReturnStatement[] {
  return block.statements.flatMap((statement) =>
    statement.kind === "ReturnStatement" ? [statement] : blocksOf(statement).flatMap(returnsIn),
  );
}

/** The blocks directly inside a statement. */
function blocksOf(statement: Statement): readonly Block[] {
  switch (statement.kind) {
    case "IfStatement":
      return [
        ...statement.clauses.map(({ block }) => block),
        ...(statement.elseBlock ? [statement.elseBlock] : []),
      ];
    case "WhileStatement":
    case "RepeatStatement":
    case "NumericFor":
    case "GenericFor":
    case "DoStatement":
      return [statement.block];
    default:
      return [];
  }
}
