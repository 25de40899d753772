import type { ProjectView } from "#language/project/project-view.ts";
import type { DeclaredNames } from "#language/semantics/declared-names.ts";
import type { PlacedSite } from "#language/semantics/inference/inference.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import {
  fieldNamed,
  namedFields,
  positionalValues,
  stringLiteral,
} from "#language/semantics/table-fields.ts";
import type { Expression, TableExpression } from "#language/syntax/tree.ts";

interface Around {
  readonly file: ProcedureFile;
  readonly project: ProjectView;
}

/**
 * The names of the tools that an agent has (language.md §2.5.3). `isOpen`: some come from where only a run can look,
 * such as a server; an agent without `tools` has whatever toolsets there are.
 */
export function grantedTools({ model, site }: PlacedSite, around: Around): DeclaredNames {
  const tools = site.config && fieldNamed(site.config, "tools")?.value;
  if (tools?.kind !== "TableExpression") return { names: new Set(), isOpen: true };
  const names = new Set<string>();
  let isOpen = false;
  const add = (granted: DeclaredNames): void => {
    for (const name of granted.names) names.add(name);
    isOpen ||= granted.isOpen;
  };
  for (const value of positionalValues(tools)) add(namesOf(value, model, around));
  const inline = site.config && fieldNamed(site.config, "inline_tools")?.value;
  if (inline?.kind === "TableExpression") add(inlineNames(inline, `${site.name?.text ?? ""}_`));
  return { names, isOpen: isOpen || tools.fields.some(({ kind }) => kind === "KeyedField") };
}

/** What one entry of `tools` brings: a handle, a name, or a table that changes what it takes. */
function namesOf(value: Expression, model: PlacedSite["model"], around: Around): DeclaredNames {
  const text = stringLiteral(value)?.value;
  if (text !== undefined) return namesOfText(text, around);
  if (value.kind === "TableExpression") return changedNames(value, model, around);
  const type = around.file.types.typeOf(model, value);
  if (type.kind === "handle" && type.name !== undefined) return only(type.name);
  return { names: new Set(), isOpen: true };
}

function namesOfText(text: string, around: Around): DeclaredNames {
  const toolset = around.file.types.siteOf("Toolset", text);
  if (toolset) return toolsetNames(toolset, around);
  const { toolsets } = around.project.configurationOf(around.file.uri);
  return toolsets.has(text) || !around.file.types.siteOf("Tool", text)
    ? { names: new Set([text]), isOpen: true }
    : only(text);
}

function toolsetNames({ model, site }: PlacedSite, around: Around): DeclaredNames {
  const tools = site.config && fieldNamed(site.config, "tools")?.value;
  const isFromElsewhere = !site.config || fieldNamed(site.config, "use") || fieldNamed(site.config, "type");
  if (tools?.kind !== "TableExpression" || isFromElsewhere) return { names: new Set(), isOpen: true };
  const values = positionalValues(tools);
  if (values.some(({ kind }) => kind === "TableExpression"))
    return inlineNames(tools, `${site.name?.text ?? ""}_`);
  // A toolset that names itself would never end.
  const own = site.name?.text;
  const parts = values
    .filter((value) => stringLiteral(value)?.value !== own)
    .map((value) => namesOf(value, model, around));
  return {
    names: new Set(parts.flatMap(({ names }) => [...names])),
    isOpen: parts.some(({ isOpen }) => isOpen),
  };
}

function inlineNames(list: TableExpression, prefix: string): DeclaredNames {
  const names = positionalValues(list).flatMap((value) => {
    const name =
      value.kind === "TableExpression" ? stringLiteral(fieldNamed(value, "name")?.value)?.value : undefined;
    return name === undefined ? [] : [`${prefix}${name}`, name];
  });
  return { names: new Set(names), isOpen: false };
}

/** `{ name = "x", include = …, exclude = …, prefix = "web", rename = {new = "old"} }`. */
function changedNames(table: TableExpression, model: PlacedSite["model"], around: Around): DeclaredNames {
  const base = fieldNamed(table, "name")?.value;
  if (!base) return { names: new Set(), isOpen: true };
  const { names, isOpen } = namesOf(base, model, around);
  const listed = (field: string) => {
    const list = fieldNamed(table, field)?.value;
    return list?.kind === "TableExpression"
      ? new Set(positionalValues(list).flatMap((value) => stringLiteral(value)?.value ?? []))
      : undefined;
  };
  const include = listed("include");
  const exclude = listed("exclude");
  const kept = [...(isOpen && include ? include : names)].filter(
    (name) => (include?.has(name) ?? true) && !exclude?.has(name),
  );
  const prefix = stringLiteral(fieldNamed(table, "prefix")?.value)?.value;
  const renames = fieldNamed(table, "rename")?.value;
  const renamed = renames?.kind === "TableExpression" ? namedFields(renames).map(({ name }) => name) : [];
  const all = [...kept, ...renamed].map((name) => (prefix === undefined ? name : `${prefix}_${name}`));
  return { names: new Set([...all, ...kept]), isOpen: isOpen && !include };
}

function only(name: string): DeclaredNames {
  return { names: new Set([name]), isOpen: false };
}
