import type { AnnotatedType } from "#language/annotations/annotated-type.ts";
import { type Annotations, parseAnnotations } from "#language/annotations/annotations.ts";
import { commentBefore } from "#language/semantics/leading-comments.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { Binding } from "#language/semantics/scopes.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { SymbolAt, SymbolTarget } from "#language/semantics/symbol-target.ts";
import { isTrivia, TokenKind, tokenIndexAt } from "#language/syntax/tokens.ts";
import type { Span } from "#language/syntax/tree.ts";

/** A name in an annotation. */
interface AnnotatedName {
  readonly kind: "class" | "use" | "parameter" | "field";
  readonly name: string;
  /** In the text. */
  readonly span: Span;
}

/** The class, the type or the parameter that an annotation names at an offset; undefined outside of annotations. */
export function annotationSymbol(file: ProcedureFile, offset: number): SymbolAt | undefined {
  const comment = commentAround(file, offset);
  if (!comment) return undefined;
  const found = namesIn(comment.annotations).find(({ span }) => span.start <= offset && offset <= span.end);
  const model = file.modelAt(comment.end);
  const target = found && targetOf(file, model, found, comment.end - model.offset);
  if (!found || !target) return undefined;
  return {
    target,
    model,
    span: { start: found.span.start - model.offset, end: found.span.end - model.offset },
    role: found.kind === "class" ? "declaration" : "read",
  };
}

/** The annotations of the comment lines around an offset, and where the code begins that they are about. */
export function commentAround(
  file: ProcedureFile,
  offset: number,
): { readonly annotations: Annotations; readonly end: number } | undefined {
  const { tokens } = file.tree;
  let index = tokenIndexAt(tokens, offset);
  if (tokens.kinds[index] !== TokenKind.lineComment && tokens.starts[index] === offset) index--;
  if (tokens.kinds[index] !== TokenKind.lineComment) return undefined;
  while (index < tokens.count && isTrivia(tokens.kinds[index] ?? 0)) index++;
  const end = tokens.starts[index] ?? file.text.length;
  const lines = commentBefore(tokens, end);
  const [first] = lines;
  return first && first.start <= offset ? { annotations: parseAnnotations(lines), end } : undefined;
}

function targetOf(
  file: ProcedureFile,
  model: StatementModel,
  { kind, name }: AnnotatedName,
  start: number,
): SymbolTarget | undefined {
  if (kind === "parameter") {
    const binding = parameterBehind(model, start, name);
    return binding && { kind: "local", model, binding };
  }
  if (kind === "field") return undefined;
  return file.types.classType(name) ? { kind: "class", name } : undefined;
}

/** The parameter of that name of the first function that stands behind a comment. */
function parameterBehind(model: StatementModel, start: number, name: string): Binding | undefined {
  const parameters = model.scopes.bindings.flatMap((binding) =>
    binding.origin.kind === "parameter" && binding.origin.body.start >= start
      ? [{ binding, body: binding.origin.body }]
      : [],
  );
  const [first] = parameters.toSorted((one, other) => one.body.start - other.body.start);
  return parameters.find(({ body, binding }) => body === first?.body && binding.name === name)?.binding;
}

/** Every name of the annotations of a comment; spans are in the frame of its lines. */
export function namesIn(annotations: Annotations): AnnotatedName[] {
  const types: AnnotatedType[] = [];
  const names: AnnotatedName[] = [];
  const add = (type: AnnotatedType | undefined): void => {
    if (type) types.push(type);
  };
  for (const { name, nameSpan, type } of annotations.parameters) {
    names.push({ kind: "parameter", name, span: nameSpan });
    add(type);
  }
  for (const { type } of annotations.returns) add(type);
  add(annotations.type);
  for (const { name, nameSpan, parents, fields } of annotations.classes) {
    names.push({ kind: "class", name, span: nameSpan });
    for (const parent of parents) add(parent);
    for (const field of fields) {
      if (field.name !== undefined && field.nameSpan)
        names.push({ kind: "field", name: field.name, span: field.nameSpan });
      add(field.type);
    }
  }
  for (const { name, nameSpan, type } of annotations.aliases) {
    names.push({ kind: "class", name, span: nameSpan });
    add(type);
  }
  for (const overload of annotations.overloads) add(overload);
  return [...names, ...types.flatMap(usesIn)];
}

/** The names of types in a type. */
function usesIn(type: AnnotatedType): AnnotatedName[] {
  switch (type.kind) {
    case "name":
      return [{ kind: "use", name: type.name, span: type.nameSpan }, ...type.arguments.flatMap(usesIn)];
    case "list":
      return usesIn(type.element);
    case "map":
      return [...usesIn(type.key), ...usesIn(type.value)];
    case "table":
      return type.fields.flatMap((field) => (field.type ? usesIn(field.type) : []));
    case "function":
      return [
        ...type.parameters.flatMap((parameter) => (parameter.type ? usesIn(parameter.type) : [])),
        ...type.returns.flatMap(usesIn),
      ];
    case "union":
      return type.members.flatMap(usesIn);
    case "literal":
      return [];
  }
}
