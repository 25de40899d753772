import type { CodeLens, CodeLensParams } from "vscode-languageserver";
import { reachOf, reachText } from "#language/semantics/reach.ts";
import type { DocumentFeature, ProcedureContext, WorkspaceFeature } from "../feature.ts";

interface LensData {
  readonly uri: string;
  readonly kind: "run" | "debug" | "specification" | "reach";
  readonly name: string;
}

/** Run and debug over each procedure, run over each specification, and what a procedure may touch. */
export const codeLens: DocumentFeature<CodeLensParams, CodeLens[] | null> = {
  method: "textDocument/codeLens",
  capabilities: () => ({ codeLensProvider: { resolveProvider: true } }),
  procedure: (context) => {
    if (!context.settings.codeLens) return [];
    return context.file.types.sites().flatMap(({ model, site }) => {
      if (site.enclosing) return [];
      const range = context.positions.range(site.name?.span ?? site.callee, model.offset);
      const lens = (kind: LensData["kind"]): CodeLens => ({
        range,
        data: { uri: context.uri, kind, name: site.name?.text ?? "main" } satisfies LensData,
      });
      if (site.kind === "Procedure") return [lens("run"), lens("debug"), lens("reach")];
      return site.kind === "Specification" || site.kind === "Specifications" ? [lens("specification")] : [];
    });
  },
};

/** The words and the command of a lens, when it comes into sight. */
export const codeLensResolve: WorkspaceFeature<CodeLens, CodeLens> = {
  method: "codeLens/resolve",
  capabilities: () => ({}),
  workspace: (context, lens) => {
    const data = lens.data as LensData | undefined;
    const file = data && context.project.procedure(data.uri);
    if (!data || !file) return lens;
    if (data.kind !== "reach")
      return { ...lens, command: { ...commands[data.kind], arguments: [data.uri, data.name] } };
    const title = reachText(
      reachOf({ file, project: context.project } satisfies Pick<ProcedureContext, "file" | "project">),
    );
    return { ...lens, command: { title, command: "tactus.showReach", arguments: [data.uri] } };
  },
};

const commands: Readonly<Record<Exclude<LensData["kind"], "reach">, { title: string; command: string }>> = {
  run: { title: "$(play) Run", command: "tactus.run" },
  debug: { title: "$(debug-alt) Debug", command: "tactus.debug" },
  specification: { title: "$(beaker) Run specification", command: "tactus.runSpecification" },
};
