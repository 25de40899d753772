/**
 * How the vocabulary describes a word of the language. Everything here is plain data in our own words; the grammar,
 * the checks, the runtime's validation and the documentation are derived from it.
 */

/** What a value may be, in Lua's terms. `schema`: a table of fields; `handle`: what a declaration gives back. */
type ValueKind =
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
}

export interface FunctionEntry extends Entry {
  readonly parameters: readonly FieldEntry[];
  readonly returns: readonly ValueKind[];
  /** Kind of the checkpoint that a call writes. */
  readonly checkpoint?: string;
}

/** A global table of functions, or a global that is called itself. */
export interface PrimitiveEntry extends Entry {
  readonly call?: FunctionEntry;
  readonly functions: readonly FunctionEntry[];
}

/** A module of the standard library, or the methods and fields of a kind of handle. */
export interface ModuleEntry extends Entry {
  readonly exports: readonly Entry[];
}
