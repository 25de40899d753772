import * as z from "zod";
import { placeholdersIn } from "#common/placeholders.ts";
import {
  address,
  dataSize,
  expecting,
  flag,
  headerName,
  moduleFile,
  seconds,
  text,
  toolName,
  variableName,
} from "#language/sidecar/value-schemas.ts";

/** What `host_tools.tools.*` may hold: one of four kinds, what it takes, and how often. */

const field = expecting(
  "a mapping with `type`",
  z.strictObject({
    type: expecting(
      "one of string, number, integer, boolean, array, object",
      z.enum(["string", "number", "integer", "boolean", "array", "object"]),
    ),
    required: flag.optional(),
    description: text.optional(),
    default: z.json().optional(),
    enum: expecting("a list of values", z.array(z.json())).optional(),
    pattern: expecting("a regular expression", z.string().refine(isPattern)).optional(),
    minimum: expecting("a number", z.number()).optional(),
    maximum: expecting("a number", z.number()).optional(),
  }),
);

const request = expecting(
  "a mapping with `url`",
  z.strictObject({
    method: expecting(
      "one of GET, POST, PUT, PATCH, DELETE",
      z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
    ).optional(),
    url: expecting(
      "an http or https address without a password, with places (`{name}`) only behind its host",
      address.refine(hasPlainOrigin),
    ),
    query: expecting("a mapping of names to texts", z.record(z.string().min(1), z.string())).optional(),
    headers: expecting("a mapping of header names to texts", z.record(headerName, z.string())).optional(),
    body: expecting("text, a number, true/false, a list or a mapping", z.json()).optional(),
    secrets: expecting("a list of variable names", z.array(variableName)).optional(),
  }),
);

const callsCount = expecting("a whole number from 1 to 1000000", z.int().min(1).max(1_000_000));

const tool = z.strictObject({
  command: expecting("a list: the program and its arguments", z.array(text).min(1)).optional(),
  request: request.optional(),
  editor_command: expecting("the id of a command", z.string().regex(/^[\w.:/-]+$/)).optional(),
  module: moduleFile.optional(),
  export: expecting("the name of an export", z.string().regex(/^[A-Za-z_$][\w$]*$/)).optional(),
  arguments: expecting("a list of values", z.array(z.json())).optional(),
  output: expecting("one of json, text", z.enum(["json", "text"])).optional(),
  input: expecting("a mapping of input names to fields", z.record(toolName, field)).optional(),
  timeout: seconds.optional(),
  description: text.optional(),
  env: expecting("a list of variable names", z.array(variableName)).optional(),
  approval: expecting("one of never, once, each", z.enum(["never", "once", "each"])).optional(),
  limits: expecting(
    "a mapping",
    z.strictObject({
      calls_per_minute: callsCount.optional(),
      calls_per_run: callsCount.optional(),
      argument_size: dataSize.optional(),
      result_size: dataSize.optional(),
    }),
  ).optional(),
});

type Tool = z.infer<typeof tool>;
type Kind = "command" | "request" | "editor_command" | "module";

const kinds: readonly Kind[] = ["command", "request", "editor_command", "module"];

/** Keys that only some kinds know what to do with. */
const keysOfKinds: Readonly<Partial<Record<keyof Tool, readonly Kind[]>>> = {
  export: ["module"],
  arguments: ["editor_command"],
  output: ["command", "request"],
  env: ["command", "module"],
};

/** One host tool. */
export const hostTool: typeof tool = expecting(
  "a mapping with `command`, `request`, `editor_command` or `module`",
  tool.superRefine((value, context) => {
    for (const { path, message } of [...kindProblems(value), ...placeProblems(value)])
      context.addIssue({ code: "custom", path: [...path], message });
  }),
);

interface Problem {
  readonly path: ReadonlyArray<string | number>;
  /** Words that follow "must be". */
  readonly message: string;
}

function kindProblems(value: Tool): Problem[] {
  const [kind, ...others] = kinds.filter((each) => value[each] !== undefined);
  if (kind === undefined)
    return [{ path: ["command"], message: "there, or one of `request`, `editor_command` and `module`" }];
  const strange = (Object.keys(keysOfKinds) as (keyof Tool)[]).filter(
    (key) => value[key] !== undefined && !keysOfKinds[key]?.includes(kind),
  );
  return [...others, ...strange].map((key) => ({
    path: [key],
    message: `left out, since the tool has \`${kind}\``,
  }));
}

/** Places for what the tool does not take. */
function placeProblems(value: Tool): Problem[] {
  const inputs = Object.keys(value.input ?? {});
  const secrets = value.request?.secrets ?? [];
  const twice = secrets.flatMap((name, index) =>
    inputs.includes(name)
      ? [{ path: ["request", "secrets", index], message: "another name than an input has" }]
      : [],
  );
  const { url, query, headers, body } = value.request ?? {};
  const program = value.command?.slice(0, 1);
  const rest = value.command?.slice(1);
  return [
    ...twice,
    ...strangePlaces(program, ["command"], []),
    ...strangePlaces(rest, ["command"], inputs, 1),
    ...strangePlaces(url, ["request", "url"], inputs),
    ...strangePlaces({ query, headers, body }, ["request"], [...inputs, ...secrets]),
    ...strangePlaces(value.arguments, ["arguments"], inputs),
  ];
}

/** Texts in a value that have a place for something else than the known names. `first` counts a list's items from there. */
function strangePlaces(
  value: unknown,
  path: Problem["path"],
  known: readonly string[],
  first = 0,
): Problem[] {
  if (typeof value === "string") {
    const strange = placeholdersIn(value).find((name) => !known.includes(name));
    return strange === undefined ? [] : [{ path, message: strangePlaceMessage(strange, known) }];
  }
  if (Array.isArray(value))
    return value.flatMap((item, index) => strangePlaces(item, [...path, index + first], known));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => strangePlaces(item, [...path, key], known));
}

function strangePlaceMessage(name: string, known: readonly string[]): string {
  const names = known.length === 0 ? "none may stand here" : `known here: ${known.join(", ")}`;
  return `a text without the place \`{${name}}\` (${names})`;
}

/** Who is reached must not depend on arguments, and passwords do not belong into addresses. */
function hasPlainOrigin(text: string): boolean {
  // What is no address at all is told by the check of addresses.
  if (!URL.canParse(text)) return true;
  const url = new URL(text);
  const origin = /^[a-z]+:\/\/[^/?#]*/i.exec(text)?.[0] ?? "";
  return url.username === "" && url.password === "" && placeholdersIn(origin).length === 0;
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "u").source !== "";
  } catch {
    return false;
  }
}
