import path from "node:path";
import type { ResolvedConfig } from "#language/sidecar/resolved-config.ts";
import type { KnownProgram } from "#protocol/wire/messages.ts";
import type { PluginSource } from "#protocol/wire/plugins.ts";
import type { ConfigFileText } from "#runs/session/config-files.ts";
import { type Modules, relativePath } from "#runs/session/modules.ts";
import type { RunRequest } from "#runs/session/session.ts";
import { sha256 } from "#runs/session/source-files.ts";
import type { AskedEntry } from "#runs/trust/asked-entries.ts";
import type { IsolationName } from "#sandbox/isolation.ts";

/** What the hashes cover: everything of a plan but the input, which is no part of what is reviewed. */
interface HashedParts {
  readonly request: Pick<RunRequest, "workspaceRoot" | "grantAll">;
  readonly file: string;
  readonly source: string;
  readonly modules: Modules;
  readonly programs: readonly KnownProgram[];
  readonly plugins: readonly PluginSource[];
  readonly isolation: IsolationName;
  readonly image: string | undefined;
  readonly policy: object;
  readonly config: ResolvedConfig;
  readonly asked: readonly AskedEntry[];
}

/**
 * One hash over the exact bytes that were read: sources, config files, and the code that they ask for. It is the same
 * before and after a grant, so that what a person decided about can be told from what came after.
 */
export function contentsHash(plan: HashedParts, files: readonly ConfigFileText[]): string {
  return sha256(
    JSON.stringify({
      source: [plan.file, sha256(plan.source)],
      modules: sourceHashes(Object.values(plan.modules)),
      programs: plan.programs.map(({ from, name, modules, ...program }) => [
        from,
        name,
        ...sourceHashes([program, ...Object.values(modules)]),
      ]),
      configs: files.map((file) => [nameOf(file, plan.request.workspaceRoot), sha256(file.text)]),
      asked: plan.asked.map(({ file, path: asking, content }) => [file, asking, content]),
    }),
  );
}

/** One hash over everything that decides: order and separators are fixed by JSON. */
export function manifestHash(plan: HashedParts & { readonly contents: string }): string {
  return sha256(
    JSON.stringify({
      contents: plan.contents,
      plugins: sourceHashes(plan.plugins),
      isolation: plan.isolation,
      image: plan.image,
      policy: { ...plan.policy, mounts: plan.config.sandbox.volumes.map(({ text }) => text) },
      config: sha256(JSON.stringify(plan.config, withoutFolders)),
      granted: plan.asked.filter(({ state }) => state === "granted").map(({ file, path }) => [file, path]),
      grantAll: plan.request.grantAll,
    }),
  );
}

/** Files of the merged config by their names alone: where they lie is said by its paths. */
function withoutFolders(key: string, value: unknown): unknown {
  return key === "file" && typeof value === "string" ? path.basename(value) : value;
}

function sourceHashes(files: readonly { readonly file: string; readonly source: string }[]): string[][] {
  return files.map(({ file, source }) => [file, sha256(source)]).sort();
}

/** The person's files by their folder's name: where the home folder lies changes nothing. */
function nameOf({ file, trusted }: ConfigFileText, workspaceRoot: string): string {
  return trusted ? path.basename(path.dirname(file)) : relativePath(workspaceRoot, file);
}
