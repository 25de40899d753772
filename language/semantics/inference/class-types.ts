import type { AnnotatedClass } from "#language/annotations/annotated-parts.ts";
import type { FileView } from "#language/semantics/file-view.ts";
import { annotatedType } from "#language/semantics/inference/annotated-types.ts";
import type { PlacedStatement } from "#language/semantics/types.ts";
import { type Member, membersOf, type Type, unknownType } from "#language/semantics/types.ts";

/** The classes and aliases that comments of a file describe, by name. A comment belongs to the statement behind it. */
export function fileClasses(file: FileView): ReadonlyMap<string, Type> {
  const classes = new Map<string, Type>();
  const names = { classType: (name: string) => classes.get(name) };
  for (const model of file.models) {
    const annotations = file.annotationsBefore(model, model.top.node.start);
    for (const { name, type } of annotations?.aliases ?? [])
      if (type) classes.set(name, annotatedType(type, names));
    for (const described of annotations?.classes ?? []) addClass(described, model, classes);
  }
  return classes;
}

function addClass(described: AnnotatedClass, statement: PlacedStatement, classes: Map<string, Type>): void {
  const names = { classType: (name: string) => classes.get(name) };
  const members = new Map<string, Member>();
  for (const parent of described.parents)
    for (const [name, member] of membersOf(annotatedType(parent, names)) ?? []) members.set(name, member);
  const { name, text } = described;
  // The class is known before its fields are read, since these may be of its own type.
  classes.set(name, { kind: "table", name, members, isOpen: false, ...(text !== "" && { doc: text }) });
  for (const field of described.fields) {
    if (field.name === undefined) continue;
    members.set(field.name, {
      name: field.name,
      type: field.type ? annotatedType(field.type, names) : unknownType,
      ...(field.nameSpan && { place: { statement, span: field.nameSpan } }),
      ...(field.text !== "" && { doc: field.text }),
      ...(field.isOptional && { isOptional: true }),
    });
  }
}
