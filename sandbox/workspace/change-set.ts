import { type ChangeRisk, changeRisk, namesOfRisk } from "./change-risk.ts";
import { ConfinedFolder, type Protection, unprotected } from "./confined-folder.ts";
import {
  contentFolders,
  contentHash,
  dropContents,
  type KeptChange,
  readKeptChanges,
  type Settled,
  writeKeptChanges,
} from "./kept-changes.ts";
import { readProtection } from "./path-policy.ts";
import { maximumWholeBytes } from "./workspace.ts";

/** One open change of a run, with what it would make of which file. */
export interface ProposedChange {
  readonly path: string;
  readonly kind: KeptChange["kind"];
  /** What the folder had when the run first wrote; undefined: no such file, or no copy of it was kept. */
  readonly base: Uint8Array | undefined;
  /** What the folder has now; undefined: no such file. */
  readonly current: Uint8Array | undefined;
  /** What the run wrote; undefined when it is no longer there. */
  readonly proposed: Uint8Array | undefined;
  /** Names what the run wrote, so that it can be told from another content. */
  readonly hash: string | undefined;
  /** The folder's file is another one than the run began with. */
  readonly conflicting: boolean;
  /** Why it is applied only when it is confirmed by its name. */
  readonly risk: ChangeRisk | undefined;
  /** The folder's file looks like a secret: its content is nobody's to show. */
  readonly secret: boolean;
}

/** Which changes are to be applied, and what the person said of them one by one. */
export interface ApplyChoice {
  /** Absent: all that are open. */
  readonly paths?: readonly string[];
  /** Risky ones that were confirmed by name. */
  readonly confirmed?: readonly string[];
  /** Ones whose file changed meanwhile, to be written over. */
  readonly overwritten?: readonly string[];
  /** Hashes of the contents that were shown: another content is not applied. */
  readonly shown?: ReadonlyMap<string, string>;
}

export interface RefusedChange {
  readonly path: string;
  readonly code: "unknown" | "content-missing" | "changed-since-shown" | "conflict" | "risky" | "not-written";
  readonly message: string;
}

interface ApplyOutcome {
  readonly applied: readonly string[];
  readonly refused: readonly RefusedChange[];
}

const whole = { offset: 0, length: maximumWholeBytes };

/** The changes that a run on a copied workspace left beside its journal, and what the person does with them. */
export class ChangeSet {
  readonly #root: ConfinedFolder;
  readonly #written: ConfinedFolder;
  readonly #base: ConfinedFolder;
  readonly #folder: string;

  constructor(root: string, changesFolder: string) {
    const { written, base } = contentFolders(changesFolder);
    this.#root = new ConfinedFolder(root);
    this.#written = new ConfinedFolder(written);
    this.#base = new ConfinedFolder(base);
    this.#folder = changesFolder;
  }

  /** Those that are open, in the order in which the files were first written. */
  async list(): Promise<readonly ProposedChange[]> {
    const changes = await readKeptChanges(this.#folder);
    return Promise.all(changes.filter(isOpen).map((change) => this.#propose(change)));
  }

  /** What was decided about which file. */
  async settled(): Promise<ReadonlyMap<string, Settled>> {
    const changes = await readKeptChanges(this.#folder);
    return new Map(changes.flatMap(({ path, settled }) => (settled ? [[path, settled]] : [])));
  }

  /** Writes the chosen changes into the folder. When one of them is refused, none is written. */
  async apply(choice: ApplyChoice): Promise<ApplyOutcome> {
    const open = await this.list();
    const paths = choice.paths ?? open.map(({ path }) => path);
    const chosen = open.filter(({ path }) => paths.includes(path));
    const unknown = paths.filter((path) => !open.some((change) => change.path === path));
    const refused = [...unknown.map(unknownChange), ...chosen.flatMap((change) => refusalOf(change, choice))];
    if (refused.length > 0) return { applied: [], refused };
    return this.#write(chosen, choice.confirmed ?? []);
  }

  /** Forgets changes, all that are open unless some are named. Gives back what was forgotten. */
  async discard(paths?: readonly string[]): Promise<readonly string[]> {
    const open = (await readKeptChanges(this.#folder)).filter(isOpen).map(({ path }) => path);
    const discarded = open.filter((path) => paths?.includes(path) ?? true);
    await this.#settle(new Set(discarded), "discarded");
    return discarded;
  }

  async #write(changes: readonly ProposedChange[], confirmed: readonly string[]): Promise<ApplyOutcome> {
    const applied: string[] = [];
    const refused: RefusedChange[] = [];
    for (const { path, proposed } of changes) {
      const written = proposed && (await this.#root.write(path, proposed, onlyWhatWasMeant(path, confirmed)));
      if (written?.ok) applied.push(path);
      else refused.push({ path, code: "not-written", message: written?.error.message ?? "It is gone." });
    }
    await this.#settle(new Set(applied), "applied");
    return { applied, refused };
  }

  async #settle(paths: ReadonlySet<string>, settled: Settled): Promise<void> {
    if (paths.size === 0) return;
    const changes = (await readKeptChanges(this.#folder)).map((change) =>
      paths.has(change.path) && isOpen(change) ? { ...change, settled } : change,
    );
    await writeKeptChanges(this.#folder, changes);
    if (!changes.some(isOpen)) await dropContents(this.#folder);
  }

  async #propose({ path, kind, base: baseHash }: KeptChange): Promise<ProposedChange> {
    const [base, current, proposed] = await Promise.all([
      this.#bytes(this.#base, path),
      this.#bytes(this.#root, path),
      this.#bytes(this.#written, path),
    ]);
    const facts = {
      current,
      proposed,
      isProgram: await this.#root.isProgram(path),
      twin: await this.#root.twinOf(path),
    };
    return {
      path,
      kind,
      base,
      current,
      proposed,
      hash: proposed && contentHash(proposed),
      // Of a file that could not be read at the first write nobody knows what it was.
      conflicting: (kind === "modified" && !baseHash) || (current && contentHash(current)) !== baseHash,
      risk: changeRisk(path, facts),
      secret: readProtection(path) !== undefined,
    };
  }

  async #bytes(folder: ConfinedFolder, file: string): Promise<Uint8Array | undefined> {
    const read = await folder.read(file, unprotected, whole);
    return read.ok ? read.value.bytes : undefined;
  }
}

function isOpen({ settled }: KeptChange): boolean {
  return settled === undefined;
}

function unknownChange(path: string): RefusedChange {
  return { path, code: "unknown", message: "The run left no open change of this file." };
}

function refusalOf(change: ProposedChange, choice: ApplyChoice): RefusedChange[] {
  const { path, hash, conflicting, risk } = change;
  const refuse = (code: RefusedChange["code"], message: string): RefusedChange[] => [{ path, code, message }];
  if (hash === undefined) return refuse("content-missing", "What the run wrote is no longer there.");
  const shown = choice.shown?.get(path);
  if (shown !== undefined && shown !== hash) {
    return refuse("changed-since-shown", "It is not the content that was shown; look at it again.");
  }
  if (conflicting && !choice.overwritten?.includes(path)) {
    return refuse("conflict", "The file changed in the folder since the run began.");
  }
  if (risk && !choice.confirmed?.includes(path)) return refuse("risky", risk.message);
  return [];
}

/**
 * A path may lead through links of the folder to a file that the person never read the name of: only the very path
 * that was confirmed may be one that programs obey.
 */
function onlyWhatWasMeant(path: string, confirmed: readonly string[]): Protection {
  return (real) => {
    const meant = confirmed.includes(path) && (real === path || path.startsWith(`${real}/`));
    return meant ? undefined : namesOfRisk(real);
  };
}
