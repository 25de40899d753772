import type { CodeLens, CodeLensParams } from "vscode-languageserver";
import { manifestSummary } from "#language/manifest/manifest-sentences.ts";
import { entryPoints } from "#language/semantics/entry-points.ts";
import type { DocumentFeature, ServerContext, WorkspaceFeature } from "../feature.ts";

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

/** Tells in sentences what the lens says in a line. */
const showManifest = "tactus.showManifest";

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

/** What the file may touch, when the lens comes into sight. Its command explains it. */
export const codeLensResolve: WorkspaceFeature<CodeLens, CodeLens> = {
  method: "codeLens/resolve",
  capabilities: () => ({}),
  workspace: async (context, lens) => {
    const data = lens.data as LensData | undefined;
    if (!data) return lens;
    const { procedureManifest } = await import("../procedure-manifest.ts");
    const built = await procedureManifest(data.uri, context);
    if (!built) return lens;
    const command = isOffered(context, showManifest) ? showManifest : "";
    const title = manifestSummary(built.manifest);
    return { ...lens, command: { title, command, ...(command !== "" && { arguments: [data.uri] }) } };
  },
};

/** Whether the client has the command; one that does not say which it has is offered all. */
function isOffered({ client }: Pick<ServerContext, "client">, command: string): boolean {
  const { commands } =
    (client.experimental as { commands?: { commands?: unknown } } | undefined)?.commands ?? {};
  return Array.isArray(commands) ? commands.includes(command) : true;
}
