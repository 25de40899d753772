/** A file whose declarations are wanted, with everything that evaluating it can reach. */
export interface EvaluationRequest {
  readonly uri: string;
  readonly text: string;
  /** Sources of modules of the project, by the name that `require` is given. */
  readonly modules?: Readonly<Record<string, ModuleSource>>;
  /** The newest request of a slot takes the place of one that still waits. Absent: it always gets its turn. */
  readonly slot?: string;
}

export interface ModuleSource {
  readonly uri: string;
  readonly text: string;
}

/** What the top level of a file declares, as far as it could be evaluated. Plain data: it crosses to other threads. */
export interface EvaluatedDeclarations {
  /** In the order in which they were made. */
  readonly declarations: readonly EvaluatedDeclaration[];
  readonly settings: readonly EvaluatedSetting[];
  /** Each by its first assignment. */
  readonly globals: readonly EvaluatedGlobal[];
  /** Names of the state: of the schemas of procedures, and what the file itself sets while it is loaded. */
  readonly stateKeys: readonly string[];
  readonly requires: readonly EvaluatedRequire[];
  /** The statements below the declarations are the body of `main`; they were not evaluated. */
  readonly isScript: boolean;
  /** Why the evaluation ended early; what was declared before it is still there. */
  readonly problem?: EvaluationProblem;
}

/** A place in a source. */
export interface EvaluatedPlace {
  /** The file that the code stands in: the evaluated one, or a module. */
  readonly uri: string;
  /** From 1. */
  readonly line: number;
  /** Line of the evaluated file that was running: where the helper was called, or the module required. */
  readonly topLine: number;
}

export interface EvaluatedDeclaration extends EvaluatedPlace {
  /** The word that declares: `Agent`, `Tool` …; `input` and `output` for the schemas of a script. */
  readonly kind: string;
  /** Absent: nothing names it, and a run makes up a name. */
  readonly name?: string;
  /** Where the name comes from; `default` is the `main` of a procedure without any. */
  readonly nameFrom?: "text" | "field" | "variable" | "default";
  readonly config?: EvaluatedTable;
  /** Gherkin, the text of a prompt, the pattern of a step, a signature, a model, a path. */
  readonly text?: string;
  /** The function that stands beside the config, or without a name in it. */
  readonly body?: EvaluatedFunction;
}

/** `default_model("x")` or `default_model = "x"`. */
export interface EvaluatedSetting extends EvaluatedPlace {
  readonly name: string;
  readonly value: EvaluatedValue;
}

export interface EvaluatedGlobal extends EvaluatedPlace {
  readonly name: string;
  readonly type: "nil" | "boolean" | "number" | "string" | "table" | "function" | "handle";
}

export interface EvaluatedRequire extends EvaluatedPlace {
  readonly name: string;
  readonly found: "standard" | "file" | "nothing";
  /** Of a file. */
  readonly moduleUri?: string;
}

/** A value that a file has computed. `null` is nil. */
export type EvaluatedValue =
  | null
  | boolean
  | number
  | string
  | EvaluatedTable
  | EvaluatedField
  | EvaluatedHandle
  | EvaluatedFunction
  | { readonly kind: "standIn" }
  | OmittedValue;

/** `items` have the keys 1 to n; everything else stands in `fields`, under the text of its key. */
export interface EvaluatedTable {
  readonly kind: "table";
  readonly items: readonly EvaluatedValue[];
  readonly fields: Readonly<Record<string, EvaluatedValue>>;
}

/** What `field.string{…}` gives. */
interface EvaluatedField {
  readonly kind: "field";
  readonly type: string;
  readonly options: Readonly<Record<string, EvaluatedValue>>;
}

/** Something declared elsewhere. */
export interface EvaluatedHandle {
  readonly kind: "handle";
  readonly declaration: string;
  readonly name?: string;
  /** Number of it in `declarations`; absent when it comes from the standard library or a server. */
  readonly index?: number;
}

export interface EvaluatedFunction {
  readonly kind: "function";
  /** Absent for functions of the library. */
  readonly uri?: string;
  readonly line?: number;
  /** Names; absent when several functions begin in its line. */
  readonly parameters?: readonly string[];
}

/** A value that is left out: a table inside itself, or too much of everything. */
interface OmittedValue {
  readonly kind: "omitted";
  readonly why: "cycle" | "depth" | "size";
}

export interface EvaluationProblem {
  readonly reason:
    | "syntax"
    | "error"
    | "deadline"
    | "instructions"
    | "memory"
    /** More text or more declarations than anybody writes. */
    | "size"
    /** The evaluator itself could not work. */
    | "unavailable";
  /** For people, without the place. */
  readonly message: string;
  readonly uri?: string;
  readonly line?: number;
  readonly topLine?: number;
  /** False after the file has computed with stand-ins for what only a run knows: it may end well there. */
  readonly isCertain: boolean;
}

/** The answer when nothing could be evaluated at all. */
export function unevaluated(
  reason: EvaluationProblem["reason"],
  message: string,
): EvaluatedDeclarations & { readonly problem: EvaluationProblem } {
  const nothing = {
    declarations: [],
    settings: [],
    globals: [],
    stateKeys: [],
    requires: [],
    isScript: false,
  };
  return { ...nothing, problem: { reason, message, isCertain: true } };
}
