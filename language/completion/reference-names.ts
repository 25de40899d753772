import type { CompletionItem } from "#language/completion/completion-item.ts";
import type { CompletionPlace } from "#language/completion/completion-place.ts";
import { namesOfKind } from "#language/semantics/declared-names.ts";
import { namedReferences } from "#language/semantics/named-references.ts";
import { membersOf } from "#language/semantics/types.ts";
import type { ReferenceKind } from "#vocabulary/entries.ts";
import { modelIds, providers } from "#vocabulary/providers.ts";

/** What a text of this kind may name, as suggestions. */
export function referenceNames(
  kind: ReferenceKind | "mock",
  { file, project }: Pick<CompletionPlace, "file" | "project">,
): CompletionItem[] {
  switch (kind) {
    case "provider":
      return providers.map(({ name, doc }) => ({ label: name, kind: "value", doc }));
    case "modelId":
      return modelIds.map(({ name, doc }) => ({ label: name, kind: "value", doc }));
    case "stateKey":
      return stateKeys(file).map((label) => ({ label, kind: "field", description: "state" }));
    case "hostTool":
      return [...project.configurationOf(file.uri).hostTools].map((label) => ({ label, kind: "tool" }));
    default:
      return [...namesOfKind(kind, { file, project }).names].map((label) => ({
        label,
        kind: kind === "agent" ? "agent" : kind.startsWith("tool") ? "tool" : "value",
        description: kind === "toolOrToolset" ? "tool" : kind,
      }));
  }
}

/** Keys of the state that a schema declares or that the file uses. */
function stateKeys(file: CompletionPlace["file"]): string[] {
  const used = file.models.flatMap((model) =>
    namedReferences(model).flatMap(({ kind, text }) => (kind === "stateKey" && text !== "" ? [text] : [])),
  );
  const written = file.names.fieldWrites("state").flatMap(({ write }) => write.path[0] ?? []);
  return [...new Set([...(membersOf(file.types.stateType())?.keys() ?? []), ...used, ...written])];
}
