import type { CompletionItem, CompletionKind } from "#language/completion/completion-item.ts";
import type { CompletionPlace } from "#language/completion/completion-place.ts";
import { moduleNameFor } from "#language/project/modules.ts";
import { namesOfKind } from "#language/semantics/declared-names.ts";
import { wordText } from "#language/semantics/entry-text.ts";
import { namedReferences } from "#language/semantics/named-references.ts";
import { membersOf } from "#language/semantics/types.ts";
import type { ReferenceKind } from "#vocabulary/entries.ts";
import { standardModules } from "#vocabulary/modules.ts";
import { modelIds, providers } from "#vocabulary/providers.ts";

/** What a text of this kind may name, as suggestions. */
export function referenceNames(
  kind: ReferenceKind,
  { file, project }: Pick<CompletionPlace, "file" | "project">,
): CompletionItem[] {
  const configuration = project.configurationOf(file.uri);
  switch (kind) {
    case "provider":
      return providerItems([...configuration.providers]);
    case "modelId":
      return modelIds.map((entry) => ({
        label: entry.name,
        kind: "value",
        description: entry.provider,
        doc: wordText(entry),
      }));
    case "stateKey":
      return stateKeyItems(file);
    case "hostTool":
      return namedItems(["host.ping", "host.echo", ...configuration.hostTools], "tool", "host tool");
    case "module":
      return moduleItems({ file, project }, "");
    case "mcpServer":
      return namedItems([...configuration.mcpServers], "module", "MCP server");
    case "toolSource":
      return [
        ...namedItems(
          [...configuration.mcpServers].map((name) => `mcp.${name}`),
          "module",
          "MCP server",
        ),
        ...namedItems(
          ["host.ping", ...configuration.hostTools].map((name) => `broker.${name}`),
          "tool",
          "host tool",
        ),
      ];
    default:
      return declaredItems(kind, { file, project });
  }
}

function providerItems(configured: readonly string[]): CompletionItem[] {
  const known = providers.map(
    (entry): CompletionItem => ({
      label: entry.name,
      kind: "value",
      doc: wordText(entry),
      ...(entry.deprecated !== undefined && { isDeprecated: true, rank: 8 }),
    }),
  );
  const own = configured.filter((name) => !providers.some((entry) => entry.name === name));
  return [...namedItems(own, "value", "configuration"), ...known];
}

/** Kinds whose name is no word for people. */
const words: Readonly<Partial<Record<ReferenceKind, string>>> = {
  toolOrToolset: "tool",
  pack: "retriever",
  mock: "declared",
  hitl: "question",
};

const icons: Readonly<Partial<Record<ReferenceKind, CompletionKind>>> = {
  agent: "agent",
  tool: "tool",
  toolset: "tool",
  toolOrToolset: "tool",
};

/** What the file, its modules and its configuration declare. */
function declaredItems(
  kind: ReferenceKind,
  around: Pick<CompletionPlace, "file" | "project">,
): CompletionItem[] {
  const { types } = around.file;
  return [...namesOfKind(kind, around).names].map((label) => {
    const declared = types.sites().find(({ site }) => site.name?.text === label)?.site.kind;
    return {
      label,
      kind: declared === "Agent" ? "agent" : (icons[kind] ?? "value"),
      description: declared?.toLowerCase() ?? words[kind] ?? kind,
    };
  });
}

function namedItems(names: readonly string[], kind: CompletionKind, description: string): CompletionItem[] {
  return names.map((label) => ({ label, kind, description }));
}

/** Modules of the library and files beside this one, in the style that has been begun. */
export function moduleItems(
  { file, project }: Pick<CompletionPlace, "file" | "project">,
  written: string,
): CompletionItem[] {
  const library = standardModules.map(
    (entry): CompletionItem => ({
      label: entry.name,
      kind: "module",
      doc: wordText(entry),
      description: "library",
    }),
  );
  const beside = [...project.procedureUris()].flatMap((uri): CompletionItem[] => {
    const label = uri === file.uri ? undefined : moduleNameFor(file.uri, uri, written);
    return label === undefined ? [] : [{ label, kind: "module", rank: 2, description: "file" }];
  });
  return [...beside, ...library];
}

/** Keys of the state that a schema declares or that the file uses. */
export function stateKeyItems(file: CompletionPlace["file"]): CompletionItem[] {
  const declared = membersOf(file.types.stateType()) ?? new Map();
  const used = file.models.flatMap((model) =>
    namedReferences(model).flatMap(({ kind, text }) => (kind === "stateKey" && text !== "" ? [text] : [])),
  );
  const written = file.names.fieldWrites("state").flatMap(({ write }) => write.path[0] ?? []);
  return [...new Set<string>([...declared.keys(), ...used, ...written])]
    .filter((label) => label !== "")
    .map((label) => ({ label, kind: "field", description: "state", rank: declared.has(label) ? 1 : 2 }));
}
