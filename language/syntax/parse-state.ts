import { OpenerState } from "#language/syntax/opener-state.ts";
import { abandoned } from "#language/syntax/problem-state.ts";
import { hasTrait, TokenTrait } from "#language/syntax/token-traits.ts";
import { TokenKind } from "#language/syntax/tokens.ts";

/** Lua's own limit of nested constructs (LUAI_MAXCCALLS), which also keeps our recursion within the stack. */
export const deepestNesting = 199;

/** What to say about what is nested deeper. */
export const tooDeep = "This is nested too deeply for Lua.";

/** A chain of members, calls or operators may be so long; what goes beyond comes out of one stock per statement. */
const freeLinks = 12;
const stockOfLinks = 1000;

/** What a statement has that Lua judges by more than its grammar, as bits. */
export const Feature = { jumps: 1, vararg: 2, attribute: 4 } as const;

/**
 * What the parsers share while they read one top-level statement. They read it strictly first, just as Lua does, and
 * give up at the first problem. Only a statement that Lua would refuse is read again, recovering: then lines end what
 * was opened at their indentation or deeper, and reading goes on behind every problem.
 */
export class ParseState extends OpenerState {
  /** `Feature` bits of what was read. */
  features = 0;
  /** How many variables were declared, and the most values that can await their use at the same time. */
  declared = 0;
  mostAwaiting = 0;
  #awaiting = 0;
  #depth = 0;
  #spareLinks = stockOfLinks;
  /** Members on new lines that led to nothing, and how far the reading went that found out. */
  readonly #doomed = new Map<number, number>();
  #crossed: number[] = [];

  override begin(isRecovering: boolean): void {
    super.begin(isRecovering);
    this.features = 0;
    this.declared = 0;
    this.mostAwaiting = 0;
    this.#awaiting = 0;
    this.#depth = 0;
    this.#spareLinks = stockOfLinks;
    this.#crossed = [];
  }

  /**
   * Strictly, at a member of a statement's chain that begins a line. `a.` on every line of a file is one chain up to
   * its end, where it turns out to be damaged; that must not be found out anew from each of its lines.
   */
  crossLine(): void {
    const { cursor } = this;
    if (this.isRecovering || this.#depth !== 1 || !cursor.isFirstOnLine) return;
    const reach = this.#doomed.get(cursor.index);
    if (reach === undefined) {
      this.#crossed.push(cursor.index);
      return;
    }
    cursor.furthest = Math.max(cursor.furthest, reach);
    throw abandoned;
  }

  /** The strict reading failed. */
  doomCrossed(): void {
    for (const index of this.#crossed) this.#doomed.set(index, this.cursor.furthest);
  }

  /** Tokens have other numbers now. */
  forgetCrossed(): void {
    this.#doomed.clear();
  }

  /** Goes deeper; false, and a problem, beyond Lua's limit. Every `true` needs a `leave`. */
  enter(levels = 1): boolean {
    if (this.#depth + levels > deepestNesting) {
      this.report({ ...this.cursor.span, message: tooDeep });
      return false;
    }
    this.#depth += levels;
    return true;
  }

  /** Passes over what is nested too deeply, up to where it is closed. */
  passNested(): void {
    const { cursor } = this;
    let depth = 0;
    do {
      if (hasTrait(cursor.kind, TokenTrait.opens)) depth++;
      else if (hasTrait(cursor.kind, TokenTrait.ends)) depth--;
      cursor.skip();
    } while (depth > 0 && cursor.kind !== TokenKind.endOfFile && !this.isBackAtMargin());
  }

  leave(levels = 1): void {
    this.#depth -= levels;
  }

  /**
   * Whether a chain may get a node for one more link. Lua has no limit, but every walk over the tree has: a chain of
   * thousands of links loses the ones in its middle.
   */
  mayLink(links: number): boolean {
    return links <= freeLinks || this.#spareLinks-- > 0;
  }

  /** Notes values that are computed and await their use; negative when they are used. */
  await(values: number): void {
    this.#awaiting += values;
    if (this.#awaiting > this.mostAwaiting) this.mostAwaiting = this.#awaiting;
  }
}
