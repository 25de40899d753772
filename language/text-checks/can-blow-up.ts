import type { Span } from "#language/syntax/tree.ts";
import {
  anyByte,
  type ByteClass,
  complement,
  isPartOf,
  noByte,
  oneByte,
  overlap,
} from "#language/text-checks/byte-class.ts";
import type { LuaPattern, PatternItem, SingleItem } from "#language/text-checks/lua-pattern.ts";

/** A pattern whose search can take far longer than its text is long. */
export interface BlowUp {
  /** The time grows with about this power of the text's length. */
  readonly power: number;
  /** Plain sentences: why, and what to do. */
  readonly reason: string;
  /** The repetitions that share characters with what follows them. */
  readonly repetitions: readonly Span[];
}

/** Squares are everywhere and bearable (a second for 30,000 characters); cubes are not. */
const unbearable = 2.75;

/** An optional byte doubles the ways; it takes a dozen to weigh as much as a repetition. */
const optionalWeight = 1 / 12;

/**
 * Whether Lua's matcher, which tries every way in turn, can be made to work for the cube of the text's length or
 * longer. The estimate follows the items from the last to the first; powers are those of the worst text.
 */
export function canBlowUp(pattern: LuaPattern): BlowUp | undefined {
  if (pattern.problems.length > 0) return undefined;
  const rest = pattern.items.reduceRight(before, nothing);
  const isRestarted = !pattern.isAnchored && !rest.neverFails;
  const failing = isRestarted ? explored(anyByte, rest) : rest.failing;
  const power = Math.round(Math.max(failing, rest.succeeding) * 10) / 10;
  if (power < unbearable) return undefined;
  const repetitions = spansOf(rest.ambiguous);
  return { power, reason: reasonOf(pattern, repetitions, isRestarted, power), repetitions };
}

/** A chain of items that share characters with what follows, the nearest first. */
interface Chain {
  readonly item: Span;
  readonly next: Chain | undefined;
}

/** What is known of the rest of a pattern from one item on. */
interface Rest {
  /** Bytes that it can begin with, when it takes any. */
  readonly first: ByteClass;
  /** What the byte before it has to be (a frontier looks back). */
  readonly behind: ByteClass;
  /** Bytes that it can pass over, those of `lead` excepted. */
  readonly passed: ByteClass;
  /** It can match the empty text at the end of the subject. */
  readonly fitsAtEnd: boolean;
  /** It matches wherever it is tried. */
  readonly neverFails: boolean;
  /** How the work of a failing try from one place grows: 0 is constant, 1 linear. */
  readonly failing: number;
  /** The same for a try that succeeds. */
  readonly succeeding: number;
  /** The single bytes that it begins with, each of one class. */
  readonly lead: readonly ByteClass[];
  /**
   * Behind the lead it fails only where these sequences do not come any more, one behind the other. Undefined: it may
   * fail for other reasons.
   */
  readonly wants: readonly (readonly ByteClass[])[] | undefined;
  readonly ambiguous: Chain | undefined;
}

const nothing: Rest = {
  first: noByte,
  behind: anyByte,
  passed: noByte,
  fitsAtEnd: true,
  neverFails: true,
  failing: 0,
  succeeding: 0,
  lead: [],
  wants: [],
  ambiguous: undefined,
};

/** Longer beginnings tell no more. */
const longestLead = 8;

function before(rest: Rest, item: PatternItem): Rest {
  // What follows an item that is not repeated is explored as often as the item itself.
  const plain = { ...rest, behind: anyByte, neverFails: false, lead: [], wants: undefined };
  switch (item.kind) {
    case "end":
      return { ...plain, first: noByte, fitsAtEnd: true, failing: 0 };
    case "reference":
      return { ...plain, first: anyByte, passed: anyByte };
    case "balanced": {
      const failing = Math.max(1, rest.failing);
      return { ...plain, first: oneByte(item.open), passed: anyByte, fitsAtEnd: false, failing };
    }
    case "frontier": {
      const first = rest.fitsAtEnd ? item.bytes : rest.first & item.bytes;
      return { ...plain, first, behind: complement(item.bytes), fitsAtEnd: false };
    }
    case "single":
      if (item.repeat === "once") return beforeOnce(rest, item);
      return item.repeat === "?" ? beforeOptional(rest, item) : beforeRepeated(rest, item);
  }
}

function beforeOnce(rest: Rest, { bytes }: SingleItem): Rest {
  return {
    ...rest,
    first: bytes,
    behind: anyByte,
    fitsAtEnd: false,
    neverFails: false,
    lead: [bytes, ...rest.lead].slice(0, longestLead),
  };
}

function beforeOptional(rest: Rest, { bytes }: SingleItem): Rest {
  const ways = !rest.neverFails && overlap(bytes, rest.first) ? optionalWeight : 0;
  return {
    ...rest,
    first: bytes | rest.first,
    behind: anyByte,
    passed: bytes | allPassed(rest),
    failing: rest.failing + ways,
    succeeding: rest.succeeding + ways,
    lead: [],
    wants: rest.neverFails ? [] : undefined,
  };
}

function beforeRepeated(rest: Rest, item: SingleItem): Rest {
  const { bytes, repeat } = item;
  const isOptional = repeat !== "+";
  const endsWell = bytes === anyByte && rest.fitsAtEnd;
  const neverFails = isOptional && (rest.neverFails || endsWell);
  const work = rest.neverFails ? 0 : explored(bytes, rest);
  // One byte at least is all that it then needs.
  const failsAtOnce = rest.neverFails || endsWell;
  const scan = rest.neverFails && repeat === "-" ? 0 : 1;
  return {
    first: isOptional ? bytes | rest.first : bytes,
    behind: anyByte,
    passed: bytes | allPassed(rest),
    fitsAtEnd: isOptional && rest.fitsAtEnd,
    neverFails,
    failing: failsAtOnce ? 0 : work,
    succeeding: Math.max(scan, work, rest.succeeding),
    lead: [],
    wants: neverFails || endsWell ? [] : wantsOf(bytes, rest),
    ambiguous: isAmbiguous(bytes, rest) ? { item, next: rest.ambiguous } : rest.ambiguous,
  };
}

/** What fails after any bytes at all: only that the next sequence does not come any more. */
function wantsOf(bytes: ByteClass, rest: Rest): Rest["wants"] {
  if (rest.neverFails && bytes === anyByte) return [];
  if (bytes !== anyByte || rest.wants === undefined) return undefined;
  return rest.lead.length > 0 ? [rest.lead, ...rest.wants] : rest.wants;
}

/** The work of trying the rest behind every number of these bytes, all in vain. */
function explored(bytes: ByteClass, rest: Rest): number {
  if (!isAmbiguous(bytes, rest)) return Math.max(1, rest.failing);
  const [lead] = rest.lead;
  // Runs that begin behind different leads and hold no lead lie side by side: together they are no longer than the text.
  if (lead !== undefined && rest.failing <= 1 && !overlap(lead, rest.passed)) return 1;
  // Each lead is also what the rest wants: where it fails, hardly any leads are left.
  if (lead !== undefined && rest.wants?.every((wanted) => isSequencePartOf(rest.lead, wanted)))
    return Math.max(1, rest.failing);
  return 1 + rest.failing;
}

function isAmbiguous(bytes: ByteClass, rest: Rest): boolean {
  return !rest.neverFails && overlap(bytes, rest.first) && overlap(bytes, rest.behind);
}

function isSequencePartOf(part: readonly ByteClass[], whole: readonly ByteClass[]): boolean {
  return (
    part.length === whole.length && part.every((bytes, index) => isPartOf(bytes, whole[index] ?? noByte))
  );
}

function allPassed({ passed, lead }: Rest): ByteClass {
  return lead.reduce((all, bytes) => all | bytes, passed);
}

function spansOf(chain: Chain | undefined): Span[] {
  const spans: Span[] = [];
  for (let link = chain; link; link = link.next) spans.push({ start: link.item.start, end: link.item.end });
  return spans;
}

function reasonOf(
  { text }: LuaPattern,
  repetitions: readonly Span[],
  isRestarted: boolean,
  power: number,
): string {
  const shown = repetitions.slice(0, 4).map(({ start, end }) => `\`${text.slice(start, end)}\``);
  const names = repetitions.length > shown.length ? `${shown.join(", ")} …` : shown.join(", ");
  const cause =
    shown.length === 0
      ? "Lua tries every way to leave out its optional characters"
      : `${names} can take characters that what follows takes too, and Lua tries every way to share them out`;
  const again = isRestarted ? ", again from every position" : "";
  const growth =
    power > 6 ? "practically never ends" : `takes a time that grows with the power ${power} of its length`;
  const advice = isRestarted ? "Begin it with `^`, or let" : "Let";
  return `In this pattern ${cause}${again}: a text that does not fit ${growth}. ${advice} each repetition exclude what follows it, as in \`[^,]*,\`.`;
}
