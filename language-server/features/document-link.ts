import type { DocumentLink, DocumentLinkParams } from "vscode-languageserver";
import { namedReferences } from "#language/semantics/named-references.ts";
import { requiredModules } from "#language/semantics/required-modules.ts";
import type { DocumentFeature, ProcedureContext } from "../feature.ts";

/** Modules and files that a document names, and its sidecar. */
export const documentLink: DocumentFeature<DocumentLinkParams, DocumentLink[]> = {
  method: "textDocument/documentLink",
  capabilities: () => ({ documentLinkProvider: { resolveProvider: false } }),
  procedure: (context) => [...moduleLinks(context), ...pathLinks(context), ...sidecarLink(context)],
};

function moduleLinks({ file, project, positions }: ProcedureContext): DocumentLink[] {
  return requiredModules(file).flatMap(({ name, model, text }) => {
    const target = project.module(file.uri, name);
    if (target.kind !== "file") return [];
    return [
      { range: positions.range(text.content, model.offset), target: target.uri, tooltip: "Open the module" },
    ];
  });
}

function pathLinks({ file, uri, positions }: ProcedureContext): DocumentLink[] {
  const folder = uri.slice(0, uri.lastIndexOf("/") + 1);
  return file.models.flatMap((model) =>
    namedReferences(model)
      .filter(({ kind, text }) => kind === "path" && isRelativePath(text))
      .map(({ text, span }) => ({
        range: positions.range(span, model.offset),
        target: `${folder}${text.split("/").map(encodeURIComponent).join("/")}`,
        tooltip: "Open the file",
      })),
  );
}

/** Only what stays inside the folder: a link must not lead where the procedure itself could not. */
function isRelativePath(text: string): boolean {
  return text !== "" && !text.startsWith("/") && !text.includes("\\") && !text.split("/").includes("..");
}

/** The configuration beside the file, from its first declaration of a procedure. */
function sidecarLink({ file, uri, positions, textOf }: ProcedureContext): DocumentLink[] {
  const sidecar = `${uri}.yml`;
  const procedure = file.types.sites().find(({ site }) => site.kind === "Procedure");
  if (!procedure || textOf(sidecar) === undefined) return [];
  const range = positions.range(procedure.site.callee, procedure.model.offset);
  return [{ range, target: sidecar, tooltip: "Open the sidecar" }];
}
