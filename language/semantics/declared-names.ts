import type { ProjectView } from "#language/project/project-view.ts";
import type { NamedReference } from "#language/semantics/named-references.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { requiredModules } from "#language/semantics/required-modules.ts";
import { fieldNamed, positionalValues, stringLiteral } from "#language/semantics/table-fields.ts";
import { providers } from "#vocabulary/providers.ts";

/** The names of a kind that a file can use. `isOpen`: there may be more that only a run, or a missing file, can know. */
export interface DeclaredNames {
  readonly names: ReadonlySet<string>;
  readonly isOpen: boolean;
}

interface Around {
  readonly file: ProcedureFile;
  readonly project: ProjectView;
}

const declaredKinds: Readonly<Record<string, readonly string[]>> = {
  tool: ["Tool"],
  toolset: ["Toolset"],
  toolOrToolset: ["Tool", "Toolset"],
  agent: ["Agent"],
  procedure: ["Procedure"],
  model: ["Model", "Classify"],
  prompt: ["Prompt"],
  hitl: ["Hitl"],
  context: ["Context"],
  corpus: ["Corpus"],
  retriever: ["Retriever"],
  compactor: ["Compactor"],
  task: ["Task"],
  mock: ["Agent", "Tool", "Model", "Module", "Classify"],
};

/** The kinds of declarations that a reference can mean. */
export function kindsOfReference(kind: NamedReference["kind"]): readonly string[] {
  return declaredKinds[kind] ?? [];
}

const toolKinds: ReadonlySet<string> = new Set(["tool", "toolset", "toolOrToolset"]);

/** The names that a reference of a kind can use: of this file, of modules of the library, of the configuration. */
export function namesOfKind(kind: NamedReference["kind"], around: Around): DeclaredNames {
  if (kind === "provider") return providerNames(around);
  const { file, project } = around;
  const names = new Set<string>();
  const kinds = kindsOfReference(kind);
  for (const { site } of file.types.sites())
    if (kinds.includes(site.kind)) names.add(site.name?.text ?? "main");
  for (const name of file.evaluatedNames(kinds)) names.add(name);
  const requires = requiredModules(file);
  if (!toolKinds.has(kind)) return { names, isOpen: hasUnknownModule(around) };
  const configuration = project.configurationOf(file.uri);
  for (const toolset of configuration.toolsets) names.add(toolset);
  for (const { name } of requires)
    if (name.startsWith("tactus.tools.")) names.add(name.slice("tactus.tools.".length));
  for (const name of inlineToolNames(around)) names.add(name);
  const isOpen =
    configuration.hasPlugins || !configuration.isKnown || hasUnknownModule(around) || importsTools(around);
  return { names, isOpen };
}

/** A toolset of a file, a server or plugins has tools that stand nowhere in the text. */
function importsTools({ file }: Around): boolean {
  return file.types
    .sites()
    .some(
      ({ site }) =>
        site.kind === "Toolset" &&
        site.config &&
        (fieldNamed(site.config, "use") ?? fieldNamed(site.config, "type")),
    );
}

function providerNames({ file, project }: Around): DeclaredNames {
  const configured = project.configurationOf(file.uri).providers;
  return { names: new Set([...providers.map(({ name }) => name), ...configured]), isOpen: false };
}

/** A file of the project that is required may declare anything; so may one that is not there. */
function hasUnknownModule({ file, project }: Around): boolean {
  return requiredModules(file).some(({ name }) => {
    const { kind } = project.module(file.uri, name);
    return kind === "file" || kind === "missing";
  });
}

/** Tools that toolsets and agents declare in place, under the names that models call them by. */
function inlineToolNames({ file }: Around): string[] {
  return file.types.sites().flatMap(({ site }) => {
    const field = site.kind === "Agent" ? "inline_tools" : site.kind === "Toolset" ? "tools" : undefined;
    const list = field && site.config && fieldNamed(site.config, field)?.value;
    if (list?.kind !== "TableExpression") return [];
    return positionalValues(list).flatMap((value) => {
      const named = value.kind === "TableExpression" ? fieldNamed(value, "name")?.value : undefined;
      const name = stringLiteral(named)?.value;
      return name === undefined ? [] : [name, `${site.name?.text ?? ""}_${name}`];
    });
  });
}
