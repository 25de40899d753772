import type { Result } from "#common/result.ts";
import { oneLine } from "#common/visible-text.ts";
import type {
  ApplicableChanges,
  ProposedChange,
  RefusedChange,
  RunChanges,
} from "#runs/session/run-changes.ts";
import type { Prompts } from "../approvals/prompts.ts";
import { concernsOf, differencesOf, type ShownDifference } from "./change-texts.ts";

/** A run whose changes are looked at. */
export interface ChangedRun {
  readonly run: string;
  readonly workspaceRoot: string;
}

export interface ChangeDeskParts {
  readonly open: (run: ChangedRun) => Promise<Result<RunChanges, string>>;
  readonly openToApply: (run: ChangedRun) => Promise<Result<ApplicableChanges, string>>;
  readonly show: (difference: ShownDifference) => Promise<void>;
  /** Prompts of one decision; `showAll` shows what it is about. */
  readonly prompts: (run: ChangedRun, showAll: () => Promise<void>) => Pick<Prompts, "decide">;
  readonly tell: (problem: string) => void;
}

/** Shows the file changes of runs, and applies or discards them as the person says. */
export class ChangeDesk {
  readonly #parts: ChangeDeskParts;
  /** Hashes of what was shown, so that nothing else is applied. */
  readonly #shown = new Map<string, Map<string, string>>();

  constructor(parts: ChangeDeskParts) {
    this.#parts = parts;
  }

  /** Shows what a run makes of one file. */
  async show(run: ChangedRun, path: string): Promise<void> {
    const changes = await (await this.#open(run))?.list();
    const change = changes?.find((one) => one.path === path);
    if (change) await this.#show(run, change);
    else this.#parts.tell(`Nothing of ${oneLine(path, 80)} is left to decide.`);
  }

  /** Applies files, all that are open unless some are named; what is risky or in conflict is asked for one by one. */
  async apply(run: ChangedRun, paths?: readonly string[]): Promise<void> {
    const set = this.#told(await this.#parts.openToApply(run));
    if (!set) return;
    const changes = (await set.list()).filter(({ path }) => paths?.includes(path) ?? true);
    const meant: ProposedChange[] = [];
    for (const change of changes) if (await this.#isMeant(run, change)) meant.push(change);
    if (meant.length === 0) return;
    const { refused } = await set.apply({
      paths: meant.map(pathOf),
      confirmed: meant.filter(({ risk }) => risk).map(pathOf),
      overwritten: meant.filter(({ conflicting }) => conflicting).map(pathOf),
      shown: this.#seen(run, meant),
    });
    if (refused.length > 0) this.#parts.tell(refusedText(refused));
  }

  /** Forgets files, all that are open unless some are named. */
  async discard(run: ChangedRun, paths?: readonly string[]): Promise<void> {
    await (await this.#open(run))?.discard(paths);
  }

  async #open(run: ChangedRun): Promise<RunChanges | undefined> {
    return this.#told(await this.#parts.open(run));
  }

  #told<Changes>(changes: Result<Changes, string>): Changes | undefined {
    if (changes.ok) return changes.value;
    this.#parts.tell(changes.error);
    return undefined;
  }

  async #show({ run }: ChangedRun, change: ProposedChange): Promise<void> {
    const { path, hash } = change;
    const shown = this.#shown.get(run) ?? new Map<string, string>();
    if (hash !== undefined) this.#shown.set(run, shown.set(path, hash));
    for (const difference of differencesOf(change, oneLine(path, 80))) await this.#parts.show(difference);
  }

  /** Hashes of what the person decided about: what they looked at, else what the run had written when they chose. */
  #seen({ run }: ChangedRun, changes: readonly ProposedChange[]): ReadonlyMap<string, string> {
    const shown = this.#shown.get(run);
    return new Map(
      changes.flatMap(({ path, hash }) => (hash === undefined ? [] : [[path, shown?.get(path) ?? hash]])),
    );
  }

  /** Ordinary files are meant by the button; the others by their name. */
  async #isMeant(run: ChangedRun, change: ProposedChange): Promise<boolean> {
    const concerns = concernsOf(change);
    if (concerns === "") return true;
    const name = oneLine(change.path, 80);
    const answer = `Apply ${name}`;
    const prompts = this.#parts.prompts(run, () => this.#show(run, change));
    const texts = { title: `A run wants to write ${name}.`, prompt: concerns, detail: concerns };
    return (await prompts.decide(texts, [answer])) === answer;
  }
}

function pathOf({ path }: ProposedChange): string {
  return path;
}

function refusedText(refused: readonly RefusedChange[]): string {
  const lines = refused.map(({ path, message }) => `${oneLine(path, 80)}: ${message}`);
  return `Nothing was applied. ${lines.join(" ")}`;
}
