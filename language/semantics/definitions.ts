import type { Project } from "#language/project/project.ts";
import { turnsOf } from "#language/semantics/agent-turns.ts";
import { commentAround, namesIn } from "#language/semantics/annotation-symbols.ts";
import { namedReferences } from "#language/semantics/named-references.ts";
import { relatedFiles } from "#language/semantics/occurrences.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { GlobalTarget, SymbolAt } from "#language/semantics/symbol-target.ts";
import { fieldNamed } from "#language/semantics/table-fields.ts";
import { targetType } from "#language/semantics/target-type.ts";
import { alternatives, callableOf, membersOf, type Place } from "#language/semantics/types.ts";
import { labelRanges } from "#language/structure/label-ranges.ts";
import { TokenKind } from "#language/syntax/tokens.ts";

/** Where a symbol is defined, in `.tac` files: modules and what the configuration defines are left to the caller. */
export function definitionPlaces(file: ProcedureFile, symbol: SymbolAt, project: Project): readonly Place[] {
  const { target } = symbol;
  switch (target.kind) {
    case "local":
      return [{ statement: target.model, span: target.binding.span }];
    case "global":
      return globalPlaces(file, target, project);
    case "member":
      return target.member.place ? [target.member.place] : [];
    case "stateKey":
      return relatedFiles(project, file.uri).flatMap((other) => statePlaces(other, target.name));
    case "turnInput":
      return turnPlaces(file, target.agent, target.name);
    case "label":
      return labelPlaces(file, symbol);
    case "step":
      return target.match.kind === "custom" ? stepPlaces(target.match.step) : [];
    case "class":
      return classPlaces(file, target.name);
    default:
      return [];
  }
}

/** The first place that introduces a symbol; a global may be set in several. */
export function declarationPlaces(file: ProcedureFile, symbol: SymbolAt, project: Project): readonly Place[] {
  return definitionPlaces(file, symbol, project).slice(0, 1);
}

/** Where the type of a symbol is described: the declaration of a handle, the schema or class of a table. */
export function typePlaces(file: ProcedureFile, { target }: SymbolAt): readonly Place[] {
  const type = targetType(file, target);
  if (!type) return [];
  return alternatives(type).flatMap((alternative) => {
    if (alternative.kind === "handle" || alternative.kind === "function")
      return alternative.place ? [alternative.place] : [];
    const [first] = [...(membersOf(alternative)?.values() ?? [])].flatMap(({ place }) => place ?? []);
    return first ? [first] : [];
  });
}

/** The function that runs when a symbol is called. */
export function implementationPlaces(
  file: ProcedureFile,
  symbol: SymbolAt,
  project: Project,
): readonly Place[] {
  const { target } = symbol;
  if (target.kind === "step" && target.match.kind === "custom") {
    const { model, site } = target.match.step;
    return site.body ? [{ statement: model, span: site.body.keyword }] : [];
  }
  const defined = definitionPlaces(file, symbol, project);
  const bodies = relatedFiles(project, file.uri).flatMap((other) =>
    other.types.sites().flatMap(({ model, site }) => {
      const isMeant = defined.some(
        ({ statement, span }) => statement === model && span.start === site.name?.span.start,
      );
      return isMeant && site.body ? [{ statement: model, span: site.body.keyword }] : [];
    }),
  );
  if (bodies.length > 0) return bodies;
  const type = targetType(file, target);
  const place = type && callableOf(type)?.place;
  return place ? [place] : defined;
}

/** Declarations of that name before variables of it, in this file before others. */
function globalPlaces(file: ProcedureFile, target: GlobalTarget, project: Project): Place[] {
  const own = globalPlacesIn(file, target);
  if (own.length > 0) return own;
  for (const other of relatedFiles(project, file.uri)) {
    const places = other === file ? [] : globalPlacesIn(other, target);
    if (places.length > 0) return places;
  }
  return [];
}

function globalPlacesIn(file: ProcedureFile, { name, declaredBy, reference }: GlobalTarget): Place[] {
  const declared = file.types.sites().flatMap(({ model, site }): Place[] => {
    const isMeant =
      site.name?.text === name &&
      site.name.from !== "key" &&
      (site.name.from !== "local" || reference !== undefined) &&
      (!declaredBy || declaredBy.length === 0 || declaredBy.includes(site.kind));
    return isMeant && site.name ? [{ statement: model, span: site.name.span }] : [];
  });
  if (reference !== undefined) return declared;
  const writes = file.names
    .globalWrites(name)
    .map(({ model, write }): Place => ({ statement: model, span: write.node }));
  return withoutDoubles([...declared, ...writes]);
}

function withoutDoubles(places: readonly Place[]): Place[] {
  return places.filter(
    ({ statement, span }, index) =>
      places.findIndex((other) => other.statement === statement && other.span.start === span.start) === index,
  );
}

/** The fields of the state schemas of that name; else the places that set it. */
function statePlaces(file: ProcedureFile, name: string): Place[] {
  const declared = file.types.sites().flatMap(({ model, site }) => {
    const schema = site.kind === "Procedure" ? file.types.schemaOf(model, site, "state") : undefined;
    return (schema?.fields ?? []).filter((field) => field.name === name).map(({ place }) => place);
  });
  if (declared.length > 0) return declared;
  const written = file.names
    .fieldWrites("state")
    .filter(({ write }) => write.path.length === 1 && write.path[0] === name)
    .map(({ model, write }): Place => ({ statement: model, span: write.span }));
  if (written.length > 0) return written;
  return file.models.flatMap((model) =>
    namedReferences(model)
      .filter(({ kind, text, call }) => kind === "stateKey" && text === name && isSetter(call))
      .map(({ span }): Place => ({ statement: model, span })),
  );
}

/** `State.set`, `State.increment`, `State.append`. */
function isSetter(call: ReturnType<typeof namedReferences>[number]["call"]): boolean {
  if (call?.kind !== "CallExpression" || call.callee.kind !== "MemberExpression") return false;
  return call.callee.member.text !== "get";
}

/** The field of the agent's own schema; else the keys of its calls. */
function turnPlaces(file: ProcedureFile, agent: string, name: string): Place[] {
  const site = file.types.siteOf("Agent", agent);
  const schema = site && file.types.schemaOf(site.model, site.site, "input");
  const field = schema?.fields.find((each) => each.name === name);
  if (field) return [field.place];
  return turnsOf(file, agent).flatMap(({ model, options }): Place[] => {
    const key = options && fieldNamed(options, name);
    return key ? [{ statement: model, span: key.span }] : [];
  });
}

function labelPlaces(file: ProcedureFile, { model, span }: SymbolAt): Place[] {
  const ranges = labelRanges(file.tree, model.offset + span.start) ?? [];
  return ranges
    .filter(({ start }) => file.text.slice(0, start).trimEnd().endsWith("::"))
    .map(({ start, end }) => {
      const statement = file.modelAt(start);
      return { statement, span: { start: start - statement.offset, end: end - statement.offset } };
    });
}

function stepPlaces({
  model,
  site,
}: {
  model: Place["statement"];
  site: { text?: { content: Place["span"] } };
}): Place[] {
  return site.text ? [{ statement: model, span: site.text.content }] : [];
}

/** Where a comment describes a class or an alias. */
function classPlaces(file: ProcedureFile, name: string): Place[] {
  const { tokens } = file.tree;
  const places: Place[] = [];
  let end = 0;
  for (let index = 0; index < tokens.count; index++) {
    const start = tokens.starts[index] ?? 0;
    if (tokens.kinds[index] !== TokenKind.lineComment || start < end) continue;
    const comment = commentAround(file, start + 1);
    if (!comment) continue;
    end = comment.end;
    for (const found of namesIn(comment.annotations)) {
      if (found.kind !== "class" || found.name !== name) continue;
      const statement = file.modelAt(comment.end);
      const { span } = found;
      places.push({
        statement,
        span: { start: span.start - statement.offset, end: span.end - statement.offset },
      });
    }
  }
  return places;
}
