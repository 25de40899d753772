import type { DocumentLink, DocumentLinkParams } from "vscode-languageserver";
import { pathReferences } from "#language/semantics/path-references.ts";
import { requiredModules } from "#language/semantics/required-modules.ts";
import type { DocumentFeature, ProcedureContext } from "../feature.ts";
import { uriBeside } from "./file-beside.ts";

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
    const range = positions.range(text.content, model.offset);
    return [{ range, target: target.uri, tooltip: "Open the module" }];
  });
}

function pathLinks({ file, uri, positions }: ProcedureContext): DocumentLink[] {
  return file.models.flatMap((model) =>
    pathReferences(file, model).flatMap(({ path, span }) => {
      const target = uriBeside(uri, path);
      if (target === undefined) return [];
      return [{ range: positions.range(span, model.offset), target, tooltip: "Open the file" }];
    }),
  );
}

/** The configuration beside the file, from its first declaration of a procedure. */
function sidecarLink({ file, uri, positions, textOf }: ProcedureContext): DocumentLink[] {
  const sidecar = `${uri}.yml`;
  const procedure = file.types.sites().find(({ site }) => site.kind === "Procedure");
  if (!procedure || textOf(sidecar) === undefined) return [];
  const range = positions.range(procedure.site.callee, procedure.model.offset);
  return [{ range, target: sidecar, tooltip: "Open the sidecar" }];
}
