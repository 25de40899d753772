import type { AnnotatedType } from "#language/annotations/annotated-type.ts";
import {
  booleanType,
  type FunctionType,
  integerType,
  listOf,
  type Member,
  nilType,
  numberType,
  openTable,
  stringType,
  type Type,
  unionOf,
  unknownType,
} from "#language/semantics/types.ts";

/** Finds the type of a class or an alias that the file declares. */
interface NamedTypes {
  classType(name: string): Type | undefined;
}

const builtIn: Readonly<Record<string, Type>> = {
  any: unknownType,
  unknown: unknownType,
  nil: nilType,
  boolean: booleanType,
  bool: booleanType,
  number: numberType,
  integer: integerType,
  string: stringType,
  table: openTable,
  function: { kind: "function", parameters: [], isVararg: true, returns: () => [unknownType] },
};

/** What an annotation says, as a type. */
export function annotatedType(type: AnnotatedType, names: NamedTypes): Type {
  switch (type.kind) {
    case "name":
      return (
        (Object.hasOwn(builtIn, type.name) ? builtIn[type.name] : undefined) ??
        names.classType(type.name) ??
        unknownType
      );
    case "literal":
      if (typeof type.value === "string") return { kind: "string", value: type.value };
      return typeof type.value === "number" ? numberType : { kind: "boolean", value: type.value };
    case "list":
      return listOf(annotatedType(type.element, names));
    case "map":
      return { ...openTable, element: annotatedType(type.value, names) };
    case "table": {
      const members = new Map<string, Member>();
      for (const field of type.fields)
        members.set(field.name, {
          name: field.name,
          type: field.type ? annotatedType(field.type, names) : unknownType,
          ...(field.isOptional && { isOptional: true }),
        });
      return { kind: "table", members, isOpen: false };
    }
    case "function":
      return functionOf(type, names);
    case "union":
      return unionOf(type.members.map((member) => annotatedType(member, names)));
  }
}

function functionOf(type: Extract<AnnotatedType, { kind: "function" }>, names: NamedTypes): FunctionType {
  const named = type.parameters.filter(({ name }) => name !== "...");
  return {
    kind: "function",
    parameters: named.map((parameter) => ({
      name: parameter.name,
      type: parameter.type ? annotatedType(parameter.type, names) : unknownType,
      ...(parameter.isOptional && { isOptional: true }),
    })),
    isVararg: named.length < type.parameters.length,
    returns: () => type.returns.map((returned) => annotatedType(returned, names)),
  };
}
