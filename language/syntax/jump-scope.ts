import type { Span, Statement, SyntaxProblem } from "#language/syntax/tree.ts";

/** A label or a `goto`, with the number of variables that are visible there. */
export interface JumpPlace {
  readonly name: string;
  readonly span: Span;
  readonly visible: number;
}

/** What was there when a block began. */
interface BlockStart {
  readonly labels: number;
  readonly visible: number;
  readonly isLoop: boolean;
  readonly pending: JumpPlace[];
}

/** No label can have this name, since it is a keyword. */
const breakLabel = "break";

/** The labels and jumps of one function, judged as Lua judges them (`lparser.c`). */
export class JumpScope {
  readonly #report: (problem: SyntaxProblem) => void;
  /** In the order of the text; Lua allows a name once among those that are visible. */
  readonly #labels = new Map<string, JumpPlace>();
  readonly #blocks: BlockStart[] = [];
  /** Jumps of the current block whose label may still come. */
  #pending: JumpPlace[] = [];

  constructor(report: (problem: SyntaxProblem) => void) {
    this.#report = report;
  }

  /** Jumps that found no label yet. */
  get pending(): readonly JumpPlace[] {
    return this.#pending;
  }

  /** `visible` is the number of variables that outlive the block. */
  enterBlock(visible: number, isLoop = false): void {
    this.#blocks.push({ labels: this.#labels.size, visible, isLoop, pending: this.#pending });
    this.#pending = [];
  }

  leaveBlock(): void {
    const block = this.#blocks.pop();
    if (!block) return;
    for (const name of [...this.#labels.keys()].slice(block.labels)) this.#labels.delete(name);
    const left = block.isLoop ? this.#pending.filter(({ name }) => name !== breakLabel) : this.#pending;
    this.#pending = block.pending;
    for (const { name, span } of left) this.#pending.push({ name, span, visible: block.visible });
  }

  break(span: Span, visible: number): void {
    this.#pending.push({ name: breakLabel, span, visible });
  }

  goto(place: JumpPlace): void {
    if (!this.#labels.has(place.name)) this.#pending.push(place);
  }

  /**
   * `isLast`: only labels and empty statements follow in the block, so its variables count as out of scope. `nameAt`
   * gives the name of a visible variable by its number.
   */
  label(place: JumpPlace, isLast: boolean, nameAt: (index: number) => string): void {
    const { name, span } = place;
    const visible = isLast ? (this.#blocks.at(-1)?.visible ?? 0) : place.visible;
    if (this.checkRepeated(name, span)) return;
    this.#labels.set(name, place);
    const found = this.#pending.filter((jump) => jump.name === name);
    this.#pending = this.#pending.filter((jump) => jump.name !== name);
    for (const jump of found) {
      if (jump.visible >= visible) continue;
      const message = `'goto ${name}' jumps into the scope of the local variable '${nameAt(jump.visible)}'.`;
      this.#report({ ...jump.span, message, related: { span, message: `'${name}' is here` } });
    }
  }

  /** Whether a label of that name is visible already, and that there can't be another one. */
  checkRepeated(name: string, span: Span): boolean {
    const earlier = this.#labels.get(name);
    if (!earlier) return false;
    const related = { span: earlier.span, message: `'${name}' is here` };
    this.#report({ ...span, message: `The label '${name}' exists already in this function.`, related });
    return true;
  }

  /** Tells of the jumps that found nothing. */
  end(): void {
    for (const { name, span } of this.#pending) {
      const message =
        name === breakLabel ? "'break' must stand in a loop." : `No label '${name}' is visible from here.`;
      this.#report({ ...span, message });
    }
  }
}

/** How many labels a statement ends a row of, empty statements among them, given how many came before it. */
export function labelsUpTo({ kind }: Statement, before: number): number {
  if (kind === "LabelStatement") return before + 1;
  return kind === "EmptyStatement" ? before : 0;
}
