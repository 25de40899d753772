import { ok, type Result } from "#common/result.ts";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import type { ManifestChange } from "#language/manifest/compare-manifests.ts";
import type { Meaning, ReviewedFile, ReviewedKind } from "#protocol/reports/review-report.ts";
import { comparedName } from "#review/assessment/compared-name.ts";
import { configMeanings } from "#review/assessment/config-meanings.ts";
import { procedureParts } from "#review/assessment/declared-parts.ts";
import { manifestMeanings } from "#review/assessment/manifest-meanings.ts";
import { diagnosticMeanings, newDiagnostics } from "#review/assessment/new-diagnostics.ts";
import { sortedByRisk } from "#review/assessment/overall-risk.ts";
import type { ProcedureComparison } from "#review/assessment/procedure-comparison.ts";
import { procedureMeanings } from "#review/assessment/procedure-meanings.ts";
import type { Sides } from "#review/assessment/review-side.ts";
import { isTrustedKind, type NamedPaths, reviewedKindOf } from "#review/assessment/reviewed-kinds.ts";
import { treeMeanings } from "#review/assessment/tree-meanings.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import type { ChangedFile } from "#review/trees/find-renames.ts";

/** What one changed file means. */
export class FileAssessment {
  readonly #sides: Sides;
  readonly #file: ChangedFile;
  readonly #compared: readonly ProcedureComparison[];
  readonly #before: string | undefined;
  readonly #after: string | undefined;

  constructor(sides: Sides, file: ChangedFile, compared: readonly ProcedureComparison[]) {
    this.#sides = sides;
    this.#file = file;
    this.#compared = compared;
    this.#before = comparedName(file);
    this.#after = file.after && file.path;
  }

  async assess(named: NamedPaths): Promise<Result<ReviewedFile, ReviewProblem>> {
    const { path, from } = this.#file;
    const kind = reviewedKindOf(path, named);
    const manifests = isOurs(kind) ? this.#manifests() : { added: [], removed: [], changed: [] };
    const diagnostics = await this.#diagnostics(kind);
    if (!diagnostics.ok) return diagnostics;
    const meanings = await this.#meanings(kind, manifests);
    if (!meanings.ok) return meanings;
    return ok({
      file: path,
      status: this.#status(),
      ...(from !== undefined && { from }),
      kind,
      trusted: isTrustedKind(kind),
      added: [...manifests.added],
      removed: [...manifests.removed],
      changed: [...manifests.changed],
      // The same values; what is lost is only that nobody may write to them.
      diagnostics: [...diagnostics.value] as ReviewedFile["diagnostics"],
      meanings: sortedByRisk([...meanings.value, ...diagnosticMeanings(diagnostics.value)]),
    });
  }

  #status(): ReviewedFile["status"] {
    if (!this.#file.after) return "deleted";
    if (!this.#file.before) return "added";
    return this.#file.from === undefined ? "modified" : "renamed";
  }

  /** The manifest of the file itself, or what is written in it of the manifests of others. */
  #manifests(): ManifestChange {
    const own = this.#compared.find(({ base, head }) => (head ?? base) === this.#file.path);
    const names = new Set([this.#before, this.#after]);
    const isHere = ({ origin }: { readonly origin: { readonly file: string } }): boolean =>
      names.has(origin.file);
    const others = this.#compared.filter((each) => each !== own).map(({ manifests }) => manifests);
    return {
      added: distinct([
        ...(own?.manifests.added ?? []),
        ...others.flatMap(({ added }) => added.filter(isHere)),
      ]),
      removed: distinct([
        ...(own?.manifests.removed ?? []),
        ...others.flatMap(({ removed }) => removed.filter(isHere)),
      ]),
      changed: distinct([
        ...(own?.manifests.changed ?? []),
        ...others.flatMap(({ changed }) => changed.filter(({ after }) => isHere(after))),
      ]),
    };
  }

  async #diagnostics(kind: ReviewedKind): Promise<Result<readonly Diagnostic[], ReviewProblem>> {
    if (!isOurs(kind) || this.#after === undefined) return ok([]);
    const after = await this.#sides.head.diagnose(this.#after);
    // Nothing can be new where nothing is found, which is so in most files.
    if (!after.ok || after.value.length === 0) return after;
    const before = this.#before === undefined ? ok([]) : await this.#sides.base.diagnose(this.#before);
    return before.ok ? ok(newDiagnostics(before.value, after.value)) : before;
  }

  async #meanings(kind: ReviewedKind, manifests: ManifestChange): Promise<Result<Meaning[], ReviewProblem>> {
    const byName = treeMeanings(this.#file);
    switch (kind) {
      case "procedure": {
        const unread = this.#unreadable(kind);
        const files = { base: this.#before ?? this.#file.path, head: this.#file.path };
        return ok([...byName, ...unread, ...manifestMeanings(manifests), ...this.#procedure(files)]);
      }
      case "sidecar":
      case "config": {
        const meanings = await this.#config();
        return meanings.ok ? ok([...byName, ...this.#unreadable(kind), ...meanings.value]) : meanings;
      }
      case "plugin":
        return ok([...byName, this.#code("is Python that a config of the repository loads as tools")]);
      case "mcp-server":
        return ok([...byName, this.#code("is part of an MCP server that a config of the repository starts")]);
      default:
        return ok(byName);
    }
  }

  #procedure(files: { readonly base: string; readonly head: string }): Meaning[] {
    const before = this.#before === undefined ? undefined : this.#sides.base.procedure(this.#before);
    const after = this.#after === undefined ? undefined : this.#sides.head.procedure(this.#after);
    return procedureMeanings(before && procedureParts(before), after && procedureParts(after), files);
  }

  async #config(): Promise<Result<Meaning[], ReviewProblem>> {
    const before =
      this.#before === undefined ? ok([]) : await this.#sides.base.configs.decisionsOf(this.#before);
    if (!before.ok) return before;
    const after =
      this.#after === undefined ? ok([]) : await this.#sides.head.configs.decisionsOf(this.#after);
    return after.ok ? ok(configMeanings(before.value, after.value)) : after;
  }

  /** Nobody can say what a file means that the language can't read: that is told, and not passed over. */
  #unreadable(kind: ReviewedKind): Meaning[] {
    if (
      this.#after === undefined ||
      this.#file.after?.kind === "link" ||
      this.#file.after?.kind === "submodule"
    )
      return [];
    const isRead =
      kind === "procedure"
        ? this.#sides.head.procedure(this.#after) !== undefined
        : this.#sides.head.configs.isRead(this.#after);
    const message =
      "can't be read: it is too long, or no text, or breaks the rules of its kind, so nothing is known of it";
    return isRead ? [] : [{ topic: "tree", risk: "high", message }];
  }

  #code(message: string): Meaning {
    return this.#after === undefined
      ? { topic: "code", risk: "none", message: `${message}, and is deleted` }
      : { topic: "code", risk: "high", message };
  }
}

function isOurs(kind: ReviewedKind): boolean {
  return kind === "procedure" || kind === "sidecar" || kind === "config";
}

/** The same entry of several procedures, once. */
function distinct<Item>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
