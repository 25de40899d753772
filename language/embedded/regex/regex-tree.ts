/** A regular expression in the notation of Python's `re`, without what needs backtracking. */
export type RegexNode =
  | RegexCharacter
  | RegexAssertion
  | RegexSequence
  | RegexChoice
  | RegexRepetition
  | RegexGroup;

/** One character, by what it has to be. */
interface RegexCharacter {
  readonly kind: "character";
  readonly fits: CharacterTest;
}

/** Takes a code point. */
export type CharacterTest = (point: number) => boolean;

/** A place between characters. */
interface RegexAssertion {
  readonly kind: "assertion";
  readonly place: "start" | "end" | "border" | "inside";
}

interface RegexSequence {
  readonly kind: "sequence";
  readonly parts: readonly RegexNode[];
}

/** Alternatives, the first that fits wins. */
interface RegexChoice {
  readonly kind: "choice";
  readonly options: readonly RegexNode[];
}

export interface RegexRepetition {
  readonly kind: "repetition";
  readonly part: RegexNode;
  readonly least: number;
  readonly most: number;
  readonly isLazy: boolean;
}

/** A capturing group; counted from 1. */
interface RegexGroup {
  readonly kind: "group";
  readonly index: number;
  readonly part: RegexNode;
}

/** Why a regular expression can't be used. Offsets are in its text. */
export interface RegexProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  /** It may be right, but is beyond what is understood here: nobody knows what it matches. */
  readonly isUnsupported: boolean;
}

/** Ends the reading of a regular expression; never leaves this folder. */
export class RegexError extends Error {
  readonly problem: RegexProblem;

  constructor(problem: RegexProblem) {
    super(problem.message);
    this.problem = problem;
  }
}
