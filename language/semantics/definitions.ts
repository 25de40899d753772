import type { Project } from "#language/project/project.ts";
import { relatedFiles } from "#language/semantics/occurrences.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { SymbolAt, SymbolTarget } from "#language/semantics/symbols.ts";
import { alternatives, callableOf, membersOf, type Place, type Type } from "#language/semantics/types.ts";

/** Where a symbol is defined. A module has no place in a statement: it is its file. */
export function definitionPlaces(file: ProcedureFile, symbol: SymbolAt, project: Project): readonly Place[] {
  const { target } = symbol;
  switch (target.kind) {
    case "local":
      return [{ statement: target.model, span: target.binding.span }];
    case "global":
      return globalPlaces(file, target.name, project);
    case "member":
      return target.member.place ? [target.member.place] : [];
    case "module":
      return [];
    case "label":
      return labelPlaces(symbol, target.name);
  }
}

/** The first place that introduces a symbol; a global may be set in several. */
export function declarationPlaces(file: ProcedureFile, symbol: SymbolAt, project: Project): readonly Place[] {
  return definitionPlaces(file, symbol, project).slice(0, 1);
}

/** Where the type of a symbol is described: the declaration of a handle, the schema or class of a table. */
export function typePlaces(file: ProcedureFile, { target }: SymbolAt): readonly Place[] {
  const type = typeOfTarget(file, target);
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
  const name = target.kind === "global" ? target.name : undefined;
  const bodies = relatedFiles(project, file.uri).flatMap((other) =>
    other.types.sites().flatMap(({ model, site }) => {
      const isMeant =
        target.kind === "local" ? site.name?.span === target.binding.span : site.name?.text === name;
      return isMeant && site.body ? [{ statement: model, span: site.body.keyword }] : [];
    }),
  );
  if (bodies.length > 0) return bodies;
  const type = typeOfTarget(file, target);
  const place = type && callableOf(type)?.place;
  return place ? [place] : definitionPlaces(file, symbol, project);
}

/** The type of the value that a symbol has; undefined for modules and labels. */
export function typeOfTarget(file: ProcedureFile, target: SymbolTarget): Type | undefined {
  switch (target.kind) {
    case "local":
      return file.types.typeOfBinding(target.model, target.binding);
    case "global":
      return file.types.globalType(target.name) ?? declaredType(file, target.name);
    case "member":
      return target.member.type.kind === "unknown"
        ? file.types.memberType(target.owner, target.name)
        : target.member.type;
    case "module":
      return file.moduleType(target.name);
    case "label":
      return undefined;
  }
}

function declaredType(file: ProcedureFile, name: string): Type | undefined {
  const placed = file.types.sites().find(({ site }) => site.name?.text === name);
  return placed && file.types.handleTypeOf(placed.model, placed.site);
}

function globalPlaces(file: ProcedureFile, name: string, project: Project): Place[] {
  const files = [file, ...relatedFiles(project, file.uri).filter((other) => other !== file)];
  for (const other of files) {
    const sites = other.types
      .sites()
      .filter(
        ({ site }) => site.name?.text === name && site.name.from !== "local" && site.name.from !== "key",
      );
    const places = sites.flatMap(({ model, site }) =>
      site.name ? [{ statement: model, span: site.name.span }] : [],
    );
    const writes = other.names
      .globalWrites(name)
      .map(({ model, write }) => ({ statement: model, span: write.node }))
      .filter(
        ({ statement, span }) =>
          !places.some((place) => place.statement === statement && place.span.start === span.start),
      );
    if (places.length + writes.length > 0) return [...places, ...writes];
  }
  return [];
}

function labelPlaces({ model }: SymbolAt, name: string): Place[] {
  const labels = model.labels().filter(({ text }) => text === name);
  return labels.map((label) => ({ statement: model, span: label }));
}
