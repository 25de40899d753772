import { realpath } from "node:fs/promises";
import path from "node:path";
import type { Json } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { SourceLine } from "#common/text-position.ts";
import { askedWords } from "#language/sidecar/asked-words.ts";
import { type ConfigPath, valueAt } from "#language/sidecar/config-path.ts";
import { hiddenValue } from "#language/sidecar/hidden-value.ts";
import type { ConfigLayer, Decision } from "#language/sidecar/layers.ts";
import type { Setting } from "#language/sidecar/setting.ts";
import type { ConfigFileText } from "#runs/session/config-files.ts";
import { readPlugins } from "#runs/session/plugins.ts";
import { sha256 } from "#runs/session/source-files.ts";
import { isNeverMounted } from "#runs/session/volumes.ts";
import { type GrantDecision, isEntryGranted, readDecision } from "#runs/trust/grant-store.ts";

/** One thing that a folder's file asks for beyond what anybody may. */
export interface AskedEntry extends SourceLine {
  /** Names this very content at this very place: another content has another id. */
  readonly id: string;
  readonly asking: FileIdentity;
  /** Hash of everything that it stands for. */
  readonly content: string;
  readonly path: ConfigPath;
  readonly capability: string;
  readonly target: string;
  /** As it stands in the file, secrets hidden. */
  readonly value: Json;
  /** In plain words, as the rest of a sentence about the file; foreign text. */
  readonly words: string;
  /** `asked`: a grant would give it; `never`: nobody can. */
  readonly state: "granted" | "asked" | "never";
  /** The person decided about this content of the file before, be it to leave this out. */
  readonly isDecided: boolean;
}

/** A file of a folder with exactly these bytes. */
export interface FileIdentity {
  /** Absolute path, links resolved. */
  readonly hostFile: string;
  /** SHA-256 of its bytes. */
  readonly content: string;
  /** Under which a decision about it is kept. */
  readonly name: string;
}

/** A file of a folder as grants see it. */
interface AskingFile extends FileIdentity {
  readonly layer: ConfigLayer;
  readonly decided: GrantDecision | undefined;
  /** The code that its entries stand for beside their text, by the entry's path. */
  readonly plugins: ReadonlyMap<string, NamedCode>;
}

/** Python files that an entry names. */
interface NamedCode {
  readonly hash: string;
  /** They lie outside the workspace: nobody can grant them. */
  readonly isRefused: boolean;
}

/** The grants that the person gave to the files of a folder, and what those files ask for. */
export class FolderGrants {
  readonly #files: ReadonlyMap<ConfigLayer, AskingFile>;
  readonly #workspaceRoot: string;

  constructor(files: readonly AskingFile[], workspaceRoot: string) {
    this.#files = new Map(files.map((file) => [file.layer, file]));
    this.#workspaceRoot = workspaceRoot;
  }

  isGranted({ path: entryPath }: Setting, layer: ConfigLayer): boolean {
    const file = this.#files.get(layer);
    return (
      file !== undefined &&
      isEntryGranted(file.decided, { path: [...entryPath], content: this.#contentOf(file, entryPath) })
    );
  }

  /** Everything that takes a grant or that no grant gives, in the order of the files. */
  entries(decisions: readonly Decision[]): readonly AskedEntry[] {
    return decisions.flatMap((decision) => {
      const file = this.#files.get(decision.layer);
      return file && decision.needs !== "free" ? [this.#entry(file, decision)] : [];
    });
  }

  #entry(file: AskingFile, { setting, written, needs, isGiven }: Decision): AskedEntry {
    const { path: entryPath, capability, target } = written;
    const { read } = file.layer;
    const value = hiddenValue(entryPath, valueAt(read.config, entryPath));
    const line = read.lineOf(entryPath);
    const isRefused =
      isRefusedMount(setting, { file: read.file, line, root: this.#workspaceRoot }) ||
      file.plugins.get(entryPath.join("\0"))?.isRefused;
    const content = this.#contentOf(file, entryPath);
    const { hostFile, name, content: bytes } = file;
    return {
      id: entryId(name, { path: entryPath, content }),
      asking: { hostFile, name, content: bytes },
      content,
      file: read.file,
      line,
      path: entryPath,
      capability,
      target,
      value,
      words: askedWords({ path: entryPath, capability, target, value }),
      state: needs === "trusted" || isRefused ? "never" : isGiven ? "granted" : "asked",
      isDecided: file.decided !== undefined,
    };
  }

  #contentOf(file: AskingFile, entryPath: ConfigPath): string {
    const value = valueAt(file.layer.read.config, entryPath) ?? null;
    // What is written into is the workspace, and the same file may be run from different ones.
    const place = entryPath[1] === "mount_current_dir" ? this.#workspaceRoot : undefined;
    return sha256(
      JSON.stringify([value, place ?? null, file.plugins.get(entryPath.join("\0"))?.hash ?? null]),
    );
  }
}

/** Short names for people to type: they stand for a content, so another one has another id. */
export function entryId(
  decision: string,
  { path: entryPath, content }: Pick<AskedEntry, "path" | "content">,
): string {
  return sha256(JSON.stringify([decision, entryPath, content])).slice(0, idLength);
}

/** Characters of an id: enough that nobody makes two by hand. */
export const idLength = 10;

/** Places that nobody can mount, whoever asks. */
function isRefusedMount(
  { capability, path: entryPath, target }: Setting,
  { file, line, root }: { readonly file: string; readonly line: number; readonly root: string },
): boolean {
  if (capability !== "mount" || entryPath[1] !== "volumes") return false;
  return isNeverMounted({ text: target, file, line, trusted: false }, root);
}

/** Looks up what the person granted to the files of a folder. Their own files need nothing. */
export async function readFolderGrants(
  files: readonly ConfigFileText[],
  layers: readonly ConfigLayer[],
  workspaceRoot: string,
): Promise<Result<FolderGrants, string>> {
  const asking: AskingFile[] = [];
  for (const [index, file] of files.entries()) {
    const layer = layers[index];
    if (!layer || file.trusted) continue;
    const found = await askingFile(file, layer, workspaceRoot);
    if (!found.ok) return found;
    asking.push(found.value);
  }
  return ok(new FolderGrants(asking, workspaceRoot));
}

async function askingFile(
  { file, text }: ConfigFileText,
  layer: ConfigLayer,
  workspaceRoot: string,
): Promise<Result<AskingFile, string>> {
  const folder = await realpath(path.dirname(file)).catch(() => path.dirname(file));
  const hostFile = path.join(folder, path.basename(file));
  const content = sha256(text);
  const name = decisionName(hostFile, content);
  const decided = await readDecision(name);
  if (!decided.ok) return fail(decided.error);
  const plugins = await namedCode(layer, workspaceRoot);
  return ok({ layer, hostFile, content, name, decided: decided.value, plugins });
}

/** A decision is about one content at one place: the same bytes elsewhere are somebody else's wish. */
function decisionName(hostFile: string, content: string): string {
  return sha256(JSON.stringify([hostFile, content]));
}

/** A path of plugins stands for their code: a grant is for that code. */
async function namedCode(
  { read }: ConfigLayer,
  workspaceRoot: string,
): Promise<ReadonlyMap<string, NamedCode>> {
  const code = new Map<string, NamedCode>();
  for (const [index, text] of (read.config?.tool_paths ?? []).entries()) {
    const entryPath = ["tool_paths", index];
    const demand = { text, file: read.file, line: read.lineOf(entryPath), trusted: false };
    const plugins = await readPlugins([demand], workspaceRoot);
    const sources = plugins.ok ? plugins.value.sources.map(({ file, source }) => [file, sha256(source)]) : [];
    const isRefused = plugins.ok && plugins.value.refused.length > 0;
    code.set(entryPath.join("\0"), { hash: sha256(JSON.stringify(sources)), isRefused });
  }
  return code;
}
