import type { ProjectView } from "#language/project/project-view.ts";
import { paragraphs, wordText } from "#language/semantics/entry-text.ts";
import { bullets, codeBlock, inlineCode } from "#language/semantics/markdown.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { GlobalTarget, SymbolTarget } from "#language/semantics/symbol-target.ts";
import { typeText } from "#language/semantics/type-text.ts";
import { membersOf } from "#language/semantics/types.ts";
import type { ReferenceKind } from "#vocabulary/entries.ts";
import { standardModules } from "#vocabulary/modules.ts";
import { modelIds, providers } from "#vocabulary/providers.ts";

/** What is known of something that no declaration in a `.tac` file defines, in Markdown. */
export function externalText(
  file: ProcedureFile,
  target: Extract<SymbolTarget, { kind: "module" | "external" }>,
  project: ProjectView,
): string {
  if (target.kind === "module") return moduleText(file, target.name, project);
  const { reference, name } = target;
  const head = codeBlock(JSON.stringify(name));
  if (reference === "provider") {
    const entry = providers.find((provider) => provider.name === name);
    return paragraphs([head, entry ? wordText(entry) : "A provider of models, from the configuration."]);
  }
  if (reference === "modelId") return paragraphs([head, modelText(name)]);
  const { hostTools, mcpServers, isKnown } = project.configurationOf(file.uri);
  const about = kinds[reference];
  const known = reference === "hostTool" ? hostTools : reference === "mcpServer" ? mcpServers : undefined;
  const isMissing = isKnown && known !== undefined && !known.has(name) && !name.startsWith("host.");
  return paragraphs([head, about, isMissing ? "The configuration does not have it." : undefined]);
}

const kinds: Readonly<Partial<Record<ReferenceKind, string>>> = {
  hostTool: "A tool on the host, outside of the sandbox. The configuration decides whether it may be called.",
  mcpServer: "A server of tools, from the configuration.",
  toolSource: "Where a tool comes from: `broker.<host tool>`, `mcp.<server>`, or a file.",
  path: "A file or a folder, relative to the folder of this file.",
};

function modelText(name: string): string {
  const [, provider, model] = /^(?:([\w-]+)[/:])?(.*)$/.exec(name) ?? [];
  const entry = modelIds.find(
    (each) => each.name === model && (provider === undefined || each.provider === provider),
  );
  return entry ? wordText(entry) : "The name of a model; the provider decides what it means.";
}

/** A text names something that is declared nowhere: a tool of the library, or one that only a run can know. */
export function missingText({ name, declaredBy }: GlobalTarget): string {
  const module = standardModules.find((each) => each.name === `tactus.tools.${name}`);
  if (module) return paragraphs([codeBlock(`require("${module.name}")`), wordText(module)]);
  const what = (declaredBy ?? []).map((kind) => kind.toLowerCase()).join(" or ");
  return `No ${what} ${inlineCode(name)} is declared in this file; only a run can tell whether there is one.`;
}

function moduleText(file: ProcedureFile, name: string, project: ProjectView): string {
  const target = project.module(file.uri, name);
  const type = file.moduleType(name);
  const head = codeBlock(`require(${JSON.stringify(name)})`);
  if (target.kind === "standard") {
    const entry = standardModules.find((module) => module.name === name);
    const exports = (entry?.exports ?? []).map((each) => `${inlineCode(each.name)} — ${each.doc}`);
    return paragraphs([head, entry && wordText(entry), bullets(exports)]);
  }
  if (target.kind !== "file") return paragraphs([head, "There is no such module."]);
  const fileName = decodeURIComponent(target.uri.slice(target.uri.lastIndexOf("/") + 1));
  const members = [...((type && membersOf(type)?.values()) ?? [])];
  const exports = members.map((member) => inlineCode(`${member.name}: ${typeText(member.type, 2)}`));
  return paragraphs([head, `The file ${inlineCode(fileName)} beside this one.`, bullets(exports)]);
}
