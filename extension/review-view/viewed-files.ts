import type { Memento } from "vscode";
import type { ReviewedFile } from "#protocol/reports/review-report.ts";
import type { Review } from "#review/review.ts";

const memoryKey = "tactus.viewed";

/** Marks that are kept in all; the oldest are forgotten. */
const mostMarks = 5000;

/**
 * Which files the person has looked at. A mark is for what the file is on both sides: it stays when a review is opened
 * again, and is gone when the file changes.
 */
export class ViewedFiles {
  readonly #memory: Memento;
  readonly #marks: Set<string>;
  readonly #contents = new Map<string, string>();

  constructor(memory: Memento) {
    this.#memory = memory;
    this.#marks = new Set(memory.get<readonly string[]>(memoryKey, []));
  }

  /** Finds out what the files of a review are on both sides. */
  async take({ report, base, head }: Review): Promise<void> {
    this.#contents.clear();
    for (const { file, from } of report.files) {
      const [before, after] = await Promise.all([base.find(from ?? file), head.find(file)]);
      const idOf = (found: typeof before): string => (found.ok ? (found.value?.id ?? "") : "");
      this.#contents.set(file, JSON.stringify([file, idOf(before), idOf(after)]));
    }
  }

  has({ file }: ReviewedFile): boolean {
    const content = this.#contents.get(file);
    return content !== undefined && this.#marks.has(content);
  }

  async mark({ file }: ReviewedFile, isViewed: boolean): Promise<void> {
    const content = this.#contents.get(file);
    if (content === undefined) return;
    this.#marks.delete(content);
    if (isViewed) this.#marks.add(content);
    await this.#memory.update(memoryKey, [...this.#marks].slice(-mostMarks));
  }
}
