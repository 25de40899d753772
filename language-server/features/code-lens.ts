import type { CodeLens, CodeLensParams } from "vscode-languageserver";
import { entryPoints } from "#language/semantics/entry-points.ts";
import { reachOf, reachText } from "#language/semantics/reach.ts";
import type { DocumentFeature, ProcedureContext, WorkspaceFeature } from "../feature.ts";

/** A lens whose words are found out when it comes into sight. */
interface LensData {
  readonly uri: string;
}

/** Words and commands of the lenses that start something. */
const runnables = {
  run: { title: "$(play) Run in Sandbox", command: "tactus.run" },
  debug: { title: "$(debug-alt) Debug", command: "tactus.debug" },
  specification: { title: "$(beaker) Run Specification", command: "tactus.runSpecification" },
} as const;

/** All titles with an icon in them: no other lens has one. */
export const lensTitles: ReadonlySet<string> = new Set(Object.values(runnables).map(({ title }) => title));

/** Run and debug over each procedure, run over each specification, and what the file may touch. */
export const codeLens: DocumentFeature<CodeLensParams, CodeLens[] | null> = {
  method: "textDocument/codeLens",
  capabilities: () => ({ codeLensProvider: { resolveProvider: true } }),
  procedure: (context) => {
    if (!context.settings.codeLens) return [];
    const start = (kind: keyof typeof runnables, range: CodeLens["range"], name: string): CodeLens[] => {
      const { title, command } = runnables[kind];
      if (!isOffered(context, command)) return [];
      return [{ range, command: { title, command, arguments: [context.uri, name] } }];
    };
    const procedures = entryPoints(context.file).flatMap(({ name, model, span }) => {
      const range = context.positions.range(span, model.offset);
      const reach: CodeLens = { range, data: { uri: context.uri } satisfies LensData };
      return [...start("run", range, name), ...start("debug", range, name), reach];
    });
    const specifications = context.file.types
      .sites()
      .filter(({ site }) => site.kind === "Specification" || site.kind === "Specifications")
      .flatMap(({ model, site }) =>
        start("specification", context.positions.range(site.callee, model.offset), ""),
      );
    return [...procedures, ...specifications];
  },
};

/** What the file may touch, when the lens comes into sight. It starts nothing. */
export const codeLensResolve: WorkspaceFeature<CodeLens, CodeLens> = {
  method: "codeLens/resolve",
  capabilities: () => ({}),
  workspace: ({ project }, lens) => {
    const data = lens.data as LensData | undefined;
    const file = data && project.procedure(data.uri);
    if (!file) return lens;
    return { ...lens, command: { title: reachText(reachOf({ file, project })), command: "" } };
  },
};

/** Whether the client has the command; one that does not say which it has is offered all. */
function isOffered({ client }: ProcedureContext, command: string): boolean {
  const { commands } =
    (client.experimental as { commands?: { commands?: unknown } } | undefined)?.commands ?? {};
  return Array.isArray(commands) ? commands.includes(command) : true;
}
