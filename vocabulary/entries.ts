/**
 * How the vocabulary describes a word of the language. Everything here is plain data in our own words; the grammar,
 * the checks, the runtime's validation and the documentation are derived from it.
 */

/** What a value may be, in Lua's terms. `schema`: a table of fields; `handle`: what a declaration gives back. */
export type ValueKind =
  | "text"
  | "number"
  | "integer"
  | "boolean"
  | "list"
  | "table"
  | "function"
  | "schema"
  | "handle"
  | "nil"
  | "any";

/** What a text or a handle names. Completion, checks, go to definition and rename follow from it. */
export type ReferenceKind =
  | "agent"
  | "tool"
  | "toolset"
  | "toolOrToolset"
  | "procedure"
  | "model"
  | "modelId"
  | "provider"
  | "prompt"
  | "hitl"
  | "context"
  | "corpus"
  | "retriever"
  | "compactor"
  | "task"
  | "stateKey"
  | "hostTool"
  | "module"
  | "path";

/** What a call does beside giving a value: none of these may happen twice, or differently, when a run is resumed. */
export type Effect = "nondeterministic" | "external" | "checkpointed";

/** What every word has. */
export interface Entry {
  readonly name: string;
  /** One sentence for people. */
  readonly doc: string;
  /** `declared`: it is understood and checked, but the runtime of today does not act on it. Absent: it works. */
  readonly status?: "declared";
  /** Still works; what to write instead. */
  readonly deprecated?: string;
  /** Version of ours that brought it; absent for what the original language has. */
  readonly since?: string;
}

/** A field of a declaration, an option, a parameter. */
export interface FieldEntry extends Entry {
  readonly types: readonly ValueKind[];
  readonly required?: boolean;
  readonly default?: string | number | boolean;
  /** The only values it may have. */
  readonly values?: readonly (string | number)[];
  /** Fields of the table that it holds. */
  readonly fields?: readonly FieldEntry[];
  /** Another spelling of this field. */
  readonly aliasOf?: string;
  /** An error since long ago; what to write instead. */
  readonly removed?: string;
  /** What the text names; of a list, what each of its items names. */
  readonly refersTo?: ReferenceKind;
  /** What the function is called with. */
  readonly parameters?: readonly FieldEntry[];
}

/** How a declaration is written: `x = Kind {…}`, `Kind "x" {…}`, `Kind(…)`, `Kind {…}`. */
type DeclarationForm = "assigned" | "curried" | "call" | "bare";

export interface DeclarationEntry extends Entry {
  readonly forms: readonly DeclarationForm[];
  readonly fields: readonly FieldEntry[];
  /** The function that stands among the fields without a name. */
  readonly body?: {
    readonly parameters: readonly string[];
    readonly required: boolean;
    readonly doc: string;
  };
  /** Unknown fields are errors; else they are kept and ignored. */
  readonly closed?: boolean;
  /** What it gives back, by its name in `handles`. */
  readonly handle?: string;
}

export interface FunctionEntry extends Entry {
  readonly parameters: readonly FieldEntry[];
  readonly returns: readonly ValueKind[];
  /** Kind of the checkpoint that a call writes. */
  readonly checkpoint?: string;
  /** It takes any number of further arguments. */
  readonly isVararg?: true;
  /** What kind of handle it gives, by its name in `handles`. */
  readonly returnsHandle?: string;
  /** Fields of the table that it gives. */
  readonly returnFields?: readonly FieldEntry[];
  readonly effect?: Effect;
}

/** A field or a method of a value. */
export interface MemberEntry extends Entry {
  readonly types: readonly ValueKind[];
  /** How it is called. */
  readonly function?: FunctionEntry;
  /** Fields of the table that it holds. */
  readonly fields?: readonly FieldEntry[];
  /** The kind of handle that it is. */
  readonly handle?: string;
  readonly aliasOf?: string;
}

/** What a kind of value offers that declarations and calls give back. */
export interface HandleEntry extends Entry {
  readonly call?: FunctionEntry;
  readonly members: readonly MemberEntry[];
}

/** A library of Lua, or a global value. */
export interface LibraryEntry extends Entry {
  readonly functions: readonly FunctionEntry[];
  readonly constants: readonly FieldEntry[];
}

/** A global table of functions, or a global that is called itself. */
export interface PrimitiveEntry extends Entry {
  readonly call?: FunctionEntry;
  readonly functions: readonly FunctionEntry[];
}

/** A module of the standard library. */
export interface ModuleEntry extends Entry {
  readonly exports: readonly Entry[];
}
