import type { TopLocal } from "#language/semantics/file-names.ts";
import { annotatedType } from "#language/semantics/inference/annotated-types.ts";
import type { Inference, PlacedWrite } from "#language/semantics/inference/inference.ts";
import { Inferred } from "#language/semantics/inference/inferred.ts";
import { valueAt } from "#language/semantics/scope-binder.ts";
import type { Binding, MemberWrite, WrittenValue } from "#language/semantics/scopes.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import {
  integerType,
  type Member,
  nilType,
  numberType,
  stringType,
  type TableType,
  type Type,
  unionOf,
  unknownType,
  widened,
} from "#language/semantics/types.ts";
import type { GenericFor, LocalStatement, NumericFor } from "#language/syntax/tree.ts";

/** Types of locals, parameters and loop variables: what is assigned to them, and what is put into their fields. */
export class BindingTypes {
  readonly #inference: Inference;
  readonly #known: Inferred<Binding, Type>;

  constructor(inference: Inference) {
    this.#inference = inference;
    this.#known = new Inferred(inference.depth, unknownType);
  }

  typeOf(model: StatementModel, binding: Binding): Type {
    return this.#known.known(binding) ?? this.#known.find(binding, () => this.#infer(model, binding));
  }

  /** The type of a value that is written somewhere. */
  written(model: StatementModel, { expression, index = 0, body }: WrittenValue, name?: string): Type {
    if (body) return this.#inference.functionType(model, body, name);
    return expression ? this.#inference.typeOfValue(model, expression, index) : unknownType;
  }

  #infer(model: StatementModel, binding: Binding): Type {
    const { origin } = binding;
    switch (origin.kind) {
      case "local":
        return this.#local(model, binding, origin.statement, origin.index);
      case "function":
        return this.#inference.functionType(model, origin.body, binding.name);
      case "parameter":
        return this.#inference.parameterType(model, origin.body, origin.index);
      case "self":
        return this.#inference.typeOf(model, origin.object);
      case "loop":
        return origin.statement.kind === "NumericFor"
          ? this.#counter(model, origin.statement)
          : this.#iterated(model, origin.statement, origin.index);
    }
  }

  #local(model: StatementModel, binding: Binding, statement: LocalStatement, index: number): Type {
    const annotations = this.#inference.file.annotationsBefore(model, statement.start);
    if (annotations?.type && index === 0) return annotatedType(annotations.type, this.#inference);
    const value = valueAt(statement.values, index);
    const initial = value.expression ? this.written(model, value, binding.name) : nilType;
    const assigned = [...this.#assignedInside(model, binding), ...this.#assignedElsewhere(model, binding)];
    const all = assigned.length > 0 ? unionOf([initial, ...assigned].map(widened)) : initial;
    const type = binding.attribute === "const" ? all : widened(all);
    return this.withFields(type, this.#fieldWrites(model, binding));
  }

  /** Values that the same statement assigns to it after its declaration. */
  #assignedInside(model: StatementModel, binding: Binding): Type[] {
    const writes = binding.uses.filter(({ access }) => access === "write");
    return writes.map(({ value }) => this.written(model, value ?? {}, binding.name));
  }

  #assignedElsewhere(model: StatementModel, binding: Binding): Type[] {
    if (!binding.isTopLevel) return [];
    const writes = this.#inference.file.names.localWrites({ model, binding });
    return writes.map((write) => this.written(write.model, write.write.value ?? {}, binding.name));
  }

  #fieldWrites(model: StatementModel, binding: Binding): readonly PlacedWrite[] {
    const inside = model.scopes.memberWrites
      .filter(({ root }) => model.scopes.bindingOf.get(root) === binding)
      .map((write): PlacedWrite => [model, write]);
    if (!binding.isTopLevel) return inside;
    const local: TopLocal = { model, binding };
    const { names } = this.#inference.file;
    const elsewhere = names
      .fieldWrites(binding.name)
      .filter((field) => names.topLocal(binding.name, field.model.index)?.binding === local.binding)
      .map(({ model: other, write }): PlacedWrite => [other, write]);
    return [...inside, ...elsewhere];
  }

  /** A table type with the fields that are put into the table after it is made. */
  withFields(type: Type, writes: readonly PlacedWrite[]): Type {
    if (type.kind !== "table" || writes.length === 0) return type;
    const members = new Map(type.members);
    const nested = new Map<string, PlacedWrite[]>();
    for (const [model, write] of writes) {
      const [name, ...rest] = write.path;
      if (name === undefined) continue;
      if (rest.length > 0) {
        const below = nested.get(name) ?? [];
        nested.set(name, [...below, [model, { ...write, path: rest }]]);
      } else if (!members.has(name)) members.set(name, this.#writtenMember(model, name, write));
    }
    for (const [name, below] of nested) {
      const member = members.get(name);
      if (member) members.set(name, { ...member, type: this.withFields(member.type, below) });
    }
    return { ...type, members } satisfies TableType;
  }

  #writtenMember(model: StatementModel, name: string, write: MemberWrite): Member {
    const annotations = this.#inference.file.annotationsBefore(model, model.top.node.start);
    return {
      name,
      type: widened(this.written(model, write.value, name)),
      place: { statement: model, span: write.span },
      ...(annotations?.text && { doc: annotations.text }),
    };
  }

  #counter(model: StatementModel, { from, step }: NumericFor): Type {
    const parts = [from, ...(step ? [step] : [])].map((part) => this.#inference.typeOf(model, part));
    return parts.every((part) => part.kind === "number" && part.isInteger) ? integerType : numberType;
  }

  /** `pairs`, `ipairs` and `string.gmatch` are known; other iterators are not followed. */
  #iterated(model: StatementModel, { iterators }: GenericFor, index: number): Type {
    const [iterator] = iterators;
    if (iterator?.kind !== "CallExpression") return unknownType;
    const [subject] = iterator.arguments;
    const callee = iterator.callee;
    if (callee.kind === "MemberExpression" && callee.member.text === "gmatch") return stringType;
    if (callee.kind !== "NameExpression" || !subject) return unknownType;
    const table = this.#inference.typeOf(model, subject);
    if (callee.text === "ipairs") return index === 0 ? integerType : elementOf(table);
    if (callee.text === "pairs") return index === 0 ? keyOf(table) : anyValueOf(table);
    return unknownType;
  }
}

function elementOf(table: Type): Type {
  return table.kind === "table" && table.element ? table.element : unknownType;
}

function keyOf(table: Type): Type {
  if (table.kind !== "table" || table.isOpen) return unknownType;
  return unionOf([...(table.members.size > 0 ? [stringType] : []), ...(table.element ? [integerType] : [])]);
}

function anyValueOf(table: Type): Type {
  if (table.kind !== "table" || table.isOpen) return unknownType;
  return unionOf([
    ...[...table.members.values()].map(({ type }) => type),
    ...(table.element ? [table.element] : []),
  ]);
}
