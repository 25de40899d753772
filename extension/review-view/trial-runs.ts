import { errorText } from "#common/error-text.ts";
import type { ManifestEntry } from "#protocol/reports/manifest-report.ts";
import type { ReviewedFile } from "#protocol/reports/review-report.ts";
import type { SourceTree } from "#review/trees/source-tree.ts";
import type { RunTrace } from "#runs/comparison/run-trace.ts";
import type { RunRequest } from "#runs/session/session.ts";
import { askInputs, type InputValues } from "../input-form/input-form.ts";
import { entryProcedure } from "../running/entry-procedure.ts";
import type { DescribeProcedures } from "../running/run-session.ts";
import type { ListedRun } from "../runs-view/run-collection.ts";
import { notice } from "../screen/notices.ts";
import { askText } from "../screen/quick-inputs.ts";
import type { TextDocuments } from "../screen/text-documents.ts";
import { type OpenReview, pathOn, type Side } from "./open-review.ts";
import type { ReviewDesk } from "./review-desk.ts";
import type { TrialActions } from "./trial-actions.ts";

export interface TrialRunsParts {
  readonly desk: ReviewDesk;
  readonly describe: DescribeProcedures;
  /** Starts a run and shows it in the Runs view; undefined when nothing was started, which was told. */
  readonly start: (request: RunRequest) => Promise<ListedRun | undefined>;
  readonly documents: TextDocuments;
}

/** Larger procedures don't run. */
const largestSource = 1 << 20;

/** Runs procedures of a change in the sandbox with nothing granted, and keeps what they tried for the review. */
export class TrialRuns implements TrialActions {
  readonly #parts: TrialRunsParts;
  /** What was run, to be compared: by the id of its run. */
  readonly #traces = new Map<string, RunTrace>();

  constructor(parts: TrialRunsParts) {
    this.#parts = parts;
  }

  async runHead(file: ReviewedFile): Promise<void> {
    await this.#withInput(file, undefined, async (open, input) => {
      await this.#run(open, file, { side: "head", input, spend: undefined });
    });
  }

  async runHeadWithModels(file: ReviewedFile): Promise<void> {
    const spend = await askSpend();
    if (spend === undefined) return;
    await this.#withInput(file, undefined, async (open, input) => {
      await this.#run(open, file, { side: "head", input, spend });
    });
  }

  async runBoth(file: ReviewedFile): Promise<void> {
    if (pathOn(file, "base") === undefined) {
      void notice.information(`${file.file} is new: base has nothing to compare it with.`);
      return;
    }
    await this.#withInput(file, undefined, async (open, input) => {
      const base = await this.#run(open, file, { side: "base", input, spend: undefined });
      const head = base && (await this.#run(open, file, { side: "head", input, spend: undefined, base }));
      if (head) await this.compare(base, head);
    });
  }

  async compare(base: string, head: string): Promise<void> {
    const [before, after] = [this.#traces.get(base), this.#traces.get(head)];
    if (!before || !after) return;
    const { traceText } = await import("#runs/comparison/trace-text.ts");
    await this.#parts.documents.difference(
      "Base ↔ head, run on the same input",
      traceText(before),
      traceText(after),
    );
  }

  async #withInput(
    file: ReviewedFile,
    remembered: InputValues | undefined,
    act: (open: OpenReview, input: InputValues) => Promise<void>,
  ): Promise<void> {
    const { open } = this.#parts.desk;
    const path = pathOn(file, "head");
    if (!open || path === undefined) return;
    const source = await sourceOf(open.review.head, path);
    const procedures =
      source === undefined
        ? []
        : await this.#parts.describe(source, path, this.#parts.desk.uriOn("head", path));
    const fields = entryProcedure(procedures)?.fields ?? [];
    const input = await askInputs(`Run ${path} of the change`, fields, remembered ?? {});
    if (input) await act(open, input);
  }

  /** One run to its end; gives its id. */
  async #run(open: OpenReview, file: ReviewedFile, wish: TrialOfSide): Promise<string | undefined> {
    const { side, input, spend } = wish;
    const path = pathOn(file, side);
    if (path === undefined) return undefined;
    const { trialRequest } = await import("#runs/trial/trial-request.ts");
    const request = trialRequest({
      ...{ workspaceRoot: open.root, file: path, files: open.review[side], input },
      ...(spend !== undefined && { spend }),
    });
    const run = await this.#parts.start(request);
    if (!run) return undefined;
    await run.finished;
    await this.#keep(open, { ...wish, path, run, request }).catch((error: unknown) =>
      notice.error(`What the run tried can't be shown: ${errorText(error)}`),
    );
    return run.tree.root.id;
  }

  /** Lays what the run tried beside what its side declares. */
  async #keep(open: OpenReview, { side, base, path, run, request }: EndedTrial): Promise<void> {
    const [{ readJournal }, { triedCapabilities }, { traceOf }, { compareRuns }] = await Promise.all([
      import("#runs/journal/journal-reader.ts"),
      import("#runs/comparison/tried-capabilities.ts"),
      import("#runs/comparison/run-trace.ts"),
      import("#runs/comparison/compare-runs.ts"),
    ]);
    const { events } = await readJournal(run.journalFolder);
    const declared = await declaredBy(request);
    const id = run.tree.root.id;
    const trace = traceOf(events);
    if (trace) this.#traces.set(id, trace);
    const before = base === undefined ? undefined : this.#traces.get(base);
    this.#parts.desk.addTrial(open.number, {
      run: id,
      side,
      file: path,
      status: trace?.figures.status ?? "unfinished",
      report: triedCapabilities(events, declared),
      ...(before && trace && { comparison: compareRuns(before, trace) }),
    });
  }
}

interface TrialOfSide {
  readonly side: Side;
  readonly input: InputValues;
  readonly spend: number | undefined;
  /** The run of base that this one is compared with. */
  readonly base?: string;
}

interface EndedTrial extends TrialOfSide {
  readonly path: string;
  readonly run: ListedRun;
  readonly request: RunRequest;
}

/** What the procedure's own side lists, with its modules and its config. */
async function declaredBy(request: RunRequest): Promise<readonly ManifestEntry[]> {
  const [{ preparePlan }, { planManifest }] = await Promise.all([
    import("#runs/session/plan.ts"),
    import("#runs/session/plan-manifest.ts"),
  ]);
  const plan = await preparePlan(request);
  return plan.ok ? (await planManifest(plan.value)).entries : [];
}

async function sourceOf(tree: SourceTree, path: string): Promise<string | undefined> {
  const file = await tree.find(path);
  if (!file.ok || !file.value) return undefined;
  const read = await tree.read(file.value, largestSource);
  return read.ok ? new TextDecoder().decode(read.value) : undefined;
}

/** Undefined: the person closed the question. */
async function askSpend(): Promise<number | undefined> {
  const text = await askText("Run It Anyway, Asking Models", {
    prompt: "The most that models may cost, in US dollars",
    validateInput: (typed) =>
      dollarsIn(typed) === undefined ? "It must be a number above 0, at most 100." : undefined,
  });
  return text === undefined ? undefined : dollarsIn(text);
}

function dollarsIn(text: string): number | undefined {
  const dollars = Number(text.trim().replace(/^\$/, ""));
  return dollars > 0 && dollars <= 100 ? dollars : undefined;
}
