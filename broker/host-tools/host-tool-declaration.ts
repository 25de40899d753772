import type { Json, JsonObject } from "#common/json.ts";

/** A host tool as trusted config declares it. */
export interface HostToolDeclaration extends CallRules {
  readonly action: ActionDeclaration;
}

/** What stands before a tool's action: what it takes, how often, and who must agree. */
export interface CallRules {
  readonly description?: string;
  /** JSON Schema of the arguments; undefined = any object, or what a module says. */
  readonly parameters?: JsonObject;
  /** Default 60. */
  readonly timeoutSeconds?: number;
  readonly limits?: CallLimits;
  /** Whether a person is asked: before each call, or before the first of a run. */
  readonly approval?: "each" | "once";
}

/** How often a tool may be called, and with how much. */
export interface CallLimits {
  /** Default 60. */
  readonly callsPerMinute?: number;
  /** Default 1000. */
  readonly callsPerRun?: number;
  /** Bytes of the arguments as JSON; default 256 KiB. */
  readonly argumentBytes?: number;
  /** Bytes of the result; default 1 MiB. */
  readonly resultBytes?: number;
}

export type ActionDeclaration =
  | CommandDeclaration
  | RequestDeclaration
  | EditorDeclaration
  | ModuleDeclaration;

/** One program with given arguments, never a shell. It gets the arguments of the call as JSON on standard input. */
export interface CommandDeclaration {
  readonly kind: "command";
  /** Program and arguments; arguments may have places (`{name}`). */
  readonly command: readonly [string, ...string[]];
  /** Absolute folder. */
  readonly folder: string;
  /** Names of variables that are passed on; nothing else is in its environment. */
  readonly environment?: readonly string[];
  /** What standard output holds; default JSON. */
  readonly output?: "json" | "text";
}

/** One request over HTTP. The origin of its address is fixed. */
export interface RequestDeclaration {
  readonly kind: "request";
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** May have places behind its host. */
  readonly url: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON with places; undefined = no body. */
  readonly body?: Json;
  /** Secrets that have places in headers, query and body, by the name of their variable. */
  readonly secrets?: readonly string[];
  /** Default: as the type of the answer says. */
  readonly output?: "json" | "text";
}

/** A command of the editor that the run was started from. */
export interface EditorDeclaration {
  readonly kind: "editor";
  readonly command: string;
  /** JSON with places. */
  readonly arguments: readonly Json[];
}

/** An export `{description, schema, handler}` of a JavaScript module. */
export interface ModuleDeclaration {
  readonly kind: "module";
  /** Absolute path. */
  readonly file: string;
  readonly export: string;
  readonly environment?: readonly string[];
}
