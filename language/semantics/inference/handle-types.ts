import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import type { Inference } from "#language/semantics/inference/inference.ts";
import { Inferred } from "#language/semantics/inference/inferred.ts";
import { handleType } from "#language/semantics/inference/vocabulary-types.ts";
import {
  type FollowConstant,
  readField,
  readSchema,
  type Schema,
  typeOfField,
  typeOfSchema,
} from "#language/semantics/schema.ts";
import { StatementModel } from "#language/semantics/statement-model.ts";
import { fieldNamed, namedFields } from "#language/semantics/table-fields.ts";
import { type HandleType, type Place, type Type, unknownType } from "#language/semantics/types.ts";
import type { Expression, FunctionBody } from "#language/syntax/tree.ts";

/** Types of what declarations give back, with the inputs and results that they declare. */
export class HandleTypes {
  readonly #inference: Inference;
  readonly #known: Inferred<DeclarationSite, Type>;

  constructor(inference: Inference) {
    this.#inference = inference;
    this.#known = new Inferred(inference.depth, unknownType);
  }

  typeOf(model: StatementModel, site: DeclarationSite): Type {
    return this.#known.known(site) ?? this.#known.find(site, () => this.#infer(model, site));
  }

  /** The `input`, `output` or `state` schema of a declaration; undefined when it has none that can be read. */
  schemaOf(model: StatementModel, site: DeclarationSite, field: string): Schema | undefined {
    const value = site.config && fieldNamed(site.config, field)?.value;
    return value && this.readSchema(model, value);
  }

  readSchema(model: StatementModel, expression: Expression | undefined): Schema | undefined {
    return expression && readSchema({ expression, statement: model }, this.#follow);
  }

  /** What the body of a tool or a procedure is called with. */
  inputType(model: StatementModel, site: DeclarationSite): Type {
    const schema = this.schemaOf(model, site, "input");
    const script = site.kind === "Procedure" ? this.#inference.scriptSchemas("input") : [];
    const schemas = [...(schema ? [schema] : []), ...script];
    if (schemas.length === 0) return unknownType;
    return typeOfSchema({
      fields: schemas.flatMap(({ fields }) => fields),
      isOpen: schemas.some(({ isOpen }) => isOpen),
    });
  }

  /** What a call gives back according to the declared `output`, else according to the body. */
  outputType(model: StatementModel, site: DeclarationSite): Type {
    const value = site.config && fieldNamed(site.config, "output");
    const placed = value && { expression: value.value, statement: model };
    const single = placed && readField("output", value.span, placed, this.#follow);
    if (single && value.value.kind !== "TableExpression") return typeOfField(single);
    const schema = this.schemaOf(model, site, "output");
    if (schema) return typeOfSchema(schema);
    return site.body ? this.#returnOf(model, site.body) : unknownType;
  }

  #returnOf(model: StatementModel, body: FunctionBody): Type {
    return this.#inference.returnsOf(model, body)[0] ?? unknownType;
  }

  #infer(model: StatementModel, site: DeclarationSite): Type {
    const fields = new Set((site.config ? namedFields(site.config) : []).map(({ name }) => name));
    const base = handleType(site.kind, fields);
    if (!base) return unknownType;
    const place: Place | undefined = site.name && { statement: model, span: site.name.span };
    const call = this.#callOf(model, site, base);
    return {
      ...base,
      ...(site.name && { name: site.name.text }),
      ...(place && { place }),
      ...(call && { call }),
    };
  }

  #callOf(model: StatementModel, site: DeclarationSite, base: HandleType): HandleType["call"] {
    if (!base.call) return undefined;
    if (site.kind === "Agent") return { ...base.call, returns: () => [this.#turnOf(model, site, base)] };
    if (site.kind !== "Tool" && site.kind !== "Procedure") return base.call;
    const input = this.inputType(model, site);
    const name = site.kind === "Tool" ? "args" : "input";
    return {
      ...base.call,
      parameters: [{ name, type: input, isOptional: input.kind === "unknown" }],
      returns: () => [this.outputType(model, site)],
    };
  }

  /** The result of a turn, whose `output` has the declared fields. */
  #turnOf(model: StatementModel, site: DeclarationSite, base: HandleType): Type {
    const turn = base.call?.returns()[0];
    const schema = this.schemaOf(model, site, "output");
    if (turn?.kind !== "handle" || !schema) return turn ?? unknownType;
    const members = new Map(turn.members);
    const output = members.get("output");
    if (output) members.set("output", { ...output, type: typeOfSchema(schema) });
    return { ...turn, members };
  }

  /** A local that is set once holds what stands beside it. */
  readonly #follow: FollowConstant = (placed) => {
    const { expression, statement } = placed;
    if (expression.kind !== "NameExpression" || !(statement instanceof StatementModel)) return placed;
    const own = statement.scopes.bindingOf.get(expression);
    const local = own
      ? { model: statement, binding: own }
      : this.#inference.file.names.topLocal(expression.text, statement.index);
    if (local?.binding.origin.kind !== "local") return placed;
    const { origin, uses } = local.binding;
    const isSetAgain =
      uses.some(({ access }) => access === "write") ||
      this.#inference.file.names.localWrites(local).length > 0;
    const value = isSetAgain ? undefined : origin.statement.values[origin.index];
    return value ? { expression: value, statement: local.model } : placed;
  };
}
