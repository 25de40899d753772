/**
 * How the vocabulary describes a word of the language. Everything here is plain data in our own words; the grammar,
 * the checks, completion, the runtime's validation and the documentation are derived from it.
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

/**
 * What a text or a handle names. Completion, checks, go to definition and rename follow from it. `mock` is whatever
 * can be mocked; `pack` is a retriever or a context; `toolSource` is a text such as "broker.host.ping" or "mcp.files";
 * `mcpServer` and `hostTool` are known to the configuration only.
 */
export type ReferenceKind =
  | "agent"
  | "tool"
  | "toolset"
  | "toolOrToolset"
  | "toolSource"
  | "procedure"
  | "model"
  | "modelId"
  | "provider"
  | "prompt"
  | "hitl"
  | "context"
  | "corpus"
  | "retriever"
  | "pack"
  | "compactor"
  | "task"
  | "mock"
  | "stateKey"
  | "hostTool"
  | "mcpServer"
  | "module"
  | "path";

/**
 * What a call does beside giving a value. `nondeterministic`: code that is changed before a run is resumed may get
 * another value. `external`: it reads or changes the world, and such code may do so again. `checkpointed`: it is
 * recorded by itself, and whatever happens inside of it with it.
 */
type Effect = "nondeterministic" | "external" | "checkpointed";

/** What a call reaches beyond the Lua state that it is made in; the manifest of a procedure lists it. */
export interface Reach {
  readonly capability: "model" | "tool.host" | "human" | "file.read" | "file.write" | "network";
  /**
   * The parameter that says what is reached, or a field of it (`request.client`). Of a model it is a table with
   * `provider` and `model`, of the network a table with `allowed_domains`.
   */
  readonly by?: string;
  /** What is reached, whatever the call says. */
  readonly target?: string;
  /** Of a file: the text names a folder, or a pattern; what lies below is reached too. */
  readonly names?: "folder" | "pattern";
  /** Of a file: it is looked for in the folder of the procedure, not in that of the workspace. */
  readonly isBesideProcedure?: true;
  /** It is reached only when another field of the same parameter has this value (`options.method`, `llm`). */
  readonly onlyWith?: { readonly by: string; readonly value: string };
}

/** What every word has. */
export interface Entry {
  readonly name: string;
  /** A sentence or a few for people. */
  readonly doc: string;
  /** A few lines of Lua. */
  readonly example?: string;
  /** `declared`: it is understood and checked, but the runtime of today does not act on it. Absent: it works. */
  readonly status?: "declared";
  /** Still works; what to write instead. */
  readonly deprecated?: string;
  /** Version of ours that brought it; absent for what the original language has. */
  readonly since?: string;
}

/** What a value is, wherever it stands. */
export interface ValueEntry {
  readonly types: readonly ValueKind[];
  /** The only values it may have. */
  readonly values?: readonly (string | number)[];
  /** Values that are worth a suggestion; others fit as well. */
  readonly suggested?: readonly (string | number)[];
  /** What each of `values`, or of `suggested`, means. */
  readonly valueDocs?: Readonly<Record<string, string>>;
  /** Keys of the table that it is. */
  readonly fields?: readonly FieldEntry[];
  /** Keys beside `fields` are meant to be there: the author chooses them. */
  readonly isOpen?: true;
  /** What each item of the list is; of a table with keys of the author's own, what stands behind each key. */
  readonly each?: ValueEntry;
  /** What the text names; of a list, what each of its items names. */
  readonly refersTo?: ReferenceKind;
  /** What the keys of the table name. */
  readonly keysReferTo?: ReferenceKind;
  /** What the function is called with. A last parameter named `…` stands for any number. */
  readonly parameters?: readonly FieldEntry[];
  /** The only kind of handle that fits, by its name in `handles`. */
  readonly handle?: string;
}

/** A field of a declaration, an option, a parameter. */
export interface FieldEntry extends Entry, ValueEntry {
  readonly required?: boolean;
  readonly default?: string | number | boolean;
  /** It counts only when another field of the same table has one of these values, or that field's default is one. */
  readonly onlyWith?: FieldCondition;
  /** It must be there when `onlyWith` holds. */
  readonly requiredThen?: true;
  /** Another spelling of this field. */
  readonly aliasOf?: string;
  /** An error since long ago; what to write instead. */
  readonly removed?: string;
}

/** A field of the same table and the values that it must have. */
export interface FieldCondition {
  readonly field: string;
  readonly values: readonly string[];
}

/** How a declaration is written: `x = Kind {…}`, `Kind "x" {…}`, `Kind(…)`, `Kind {…}`. */
export type DeclarationForm = "assigned" | "curried" | "call" | "bare";

export interface DeclarationEntry extends Entry {
  readonly forms: readonly DeclarationForm[];
  readonly fields: readonly FieldEntry[];
  /** What it takes in the form `Kind(…)`. */
  readonly parameters?: readonly FieldEntry[];
  /** What a text that stands first is: the name of what is declared, or content such as Gherkin. Absent: it takes none. */
  readonly firstText?: "name" | "content";
  /** The function that stands among the fields without a name. */
  readonly body?: DeclarationBody;
  /** Unknown fields are errors; else they are kept and ignored. */
  readonly closed?: boolean;
  /** Unknown fields mean something: the author chooses them. */
  readonly isOpen?: true;
  /** What stands behind each key that the author chooses. */
  readonly each?: ValueEntry;
  /** What the keys name that the author chooses. */
  readonly keysReferTo?: ReferenceKind;
  /** What it gives back, by its name in `handles`. Absent: nothing. */
  readonly handle?: string;
  /** What it gives back instead when this field is there. */
  readonly handleWith?: { readonly field: string; readonly handle: string };
  /** `declaration`: only while the file is read, not inside of functions that run later. */
  readonly phase: "declaration" | "both";
  /** What the name does while a procedure runs, when it can't declare then; follows "there, Tool …". */
  readonly inProcedure?: string;
  /** The global variable that it is assigned to names it. */
  readonly namedByVariable?: true;
  /** A field `name` must be the same as that variable. */
  readonly nameMustMatch?: true;
  /** It is a member of a module: `module.Corpus {…}`; alone it is an older form. */
  readonly fromModule?: true;
}

interface DeclarationBody {
  readonly parameters: readonly FieldEntry[];
  readonly required: boolean;
  /** Fields that may stand in for the function. */
  readonly orFields?: readonly string[];
  readonly doc: string;
}

export interface FunctionEntry extends Entry {
  /** A last parameter named `…` stands for any number. */
  readonly parameters: readonly FieldEntry[];
  /** What its first value may be; several kinds are alternatives. Empty: it gives nothing. */
  readonly returns: readonly ValueKind[];
  /** What the values after the first may be. */
  readonly furtherReturns?: readonly (readonly ValueKind[])[];
  /** It may give more values than are listed. */
  readonly returnsMore?: true;
  /** What kind of handle it gives, by its name in `handles`. */
  readonly returnsHandle?: string;
  /** Fields of the table that it gives. */
  readonly returnFields?: readonly FieldEntry[];
  /** What each item is of the list, or each value of the table, that it gives. */
  readonly returnsEach?: ValueEntry;
  /** Kind of the checkpoint that a call writes. */
  readonly checkpoint?: string;
  /** It takes any number of further arguments. */
  readonly isVararg?: true;
  /** It must be called with a colon. Members of handles take both. */
  readonly isMethod?: true;
  readonly effect?: Effect;
  readonly reaches?: readonly Reach[];
  /** What to do where the effect must not happen twice, or differently. */
  readonly advice?: string;
}

/** A field or a method of a value, or what a module exports. */
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
  /** It may have members beside those. */
  readonly isOpen?: true;
}

/** A library of Lua. */
export interface LibraryEntry extends Entry {
  readonly functions: readonly FunctionEntry[];
  readonly constants: readonly FieldEntry[];
  /** What Lua has in it elsewhere, and what to write here instead. */
  readonly absent: Readonly<Record<string, string>>;
}

/** A global table of functions, or a global that is called itself. */
export interface PrimitiveEntry extends Entry {
  readonly call?: FunctionEntry;
  readonly functions: readonly FunctionEntry[];
  /** `procedure`: it appears when a procedure starts, and is nil while the file is read. */
  readonly phase: "procedure" | "both";
  /** Other members may be read and set: they are the author's. */
  readonly isOpen?: true;
}

/** A module of the standard library. */
export interface ModuleEntry extends Entry {
  readonly exports: readonly MemberEntry[];
  /** What `require` gives when it is no table of the exports, by its name in `handles`. */
  readonly handle?: string;
  /** How that is called. */
  readonly call?: FunctionEntry;
}
