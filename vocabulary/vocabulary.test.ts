import { describe, expect, test } from "vitest";
import { declarations } from "./declarations.ts";
import { deprecatedForms } from "./deprecated-forms.ts";
import type { FieldEntry, FunctionEntry, ValueEntry, ValueKind } from "./entries.ts";
import { evaluatorBuilders, fieldBuilders, fieldOptions } from "./fields.ts";
import { globalValues } from "./globals.ts";
import { handles } from "./handles.ts";
import { historyFilters } from "./history-filters.ts";
import { absentGlobals, luaGlobals } from "./lua/global-functions.ts";
import { luaLibraries } from "./lua/libraries.ts";
import { standardModules } from "./modules.ts";
import { primitives } from "./primitives.ts";
import { modelIds, providers } from "./providers.ts";
import { fileSettings, scriptSchemas } from "./settings.ts";

/** Every list of the vocabulary by its name. */
const lists = {
  declarations,
  deprecatedForms,
  evaluatorBuilders,
  fieldBuilders,
  fieldOptions,
  fileSettings,
  globalValues,
  handles,
  historyFilters,
  luaGlobals,
  luaLibraries,
  modelIds,
  primitives,
  providers,
  scriptSchemas,
  standardModules,
} as const;

type Everything = Partial<
  FieldEntry &
    FunctionEntry &
    ValueEntry & {
      readonly form: string;
      readonly functions: readonly FunctionEntry[];
      readonly members: readonly Everything[];
      readonly exports: readonly Everything[];
    }
>;

interface Visited {
  readonly path: string;
  readonly node: Everything;
  /** The entries of the list that it stands in. */
  readonly siblings: readonly Everything[];
}

function visit(value: unknown, path: string, siblings: readonly Everything[], found: Visited[]): Visited[] {
  if (Array.isArray(value)) {
    const named = value.filter((item) => typeof item === "object");
    for (const [index, item] of value.entries())
      visit(item, `${path}.${(item as Everything | undefined)?.name ?? index}`, named, found);
  } else if (typeof value === "object" && value !== null) {
    found.push({ path, node: value, siblings });
    for (const [key, child] of Object.entries(value))
      if (key !== "match") visit(child, key === "fields" ? path : `${path}.${key}`, [], found);
  }
  return found;
}

const all = Object.entries(lists).flatMap(([name, list]) => visit(list, name, [], []));
const entries = all.filter(({ node }) => typeof node.name === "string");
const handleNames = new Set(handles.map(({ name }) => name));

/** Those that a condition finds wrong, for one assertion with a readable list. */
function wrong(condition: (visited: Visited) => boolean, among: readonly Visited[] = entries): string[] {
  return [...new Set(among.filter(condition).map(({ path }) => path))];
}

test("the walk sees what is nested", () => {
  const paths = new Set(entries.map(({ path }) => path));
  expect([
    paths.has("declarations.Agent.retry.backoff"),
    paths.has("declarations.Mocks.each.temporal.each.when_message"),
    paths.has("primitives.Human.functions.multiple.parameters.items.each.id"),
    paths.has("standardModules.tactus.io.csv.exports.write.function.parameters.rows"),
  ]).toEqual([true, true, true, true]);
});

describe("texts for people", () => {
  test("each word, field, parameter and member has one that is a sentence", () => {
    expect(wrong(({ node }) => !/^[^a-z\s].*\.$/s.test(node.doc ?? ""))).toEqual([]);
  });

  test("each declaration and each primitive shows how it is written", () => {
    const withoutExample = [...declarations, ...primitives]
      .filter((entry) => entry.example === undefined && entry.deprecated === undefined)
      .filter((entry) => !("functions" in entry && hasExample(entry.functions, entry.call)))
      .map(({ name }) => name);
    expect(withoutExample).toEqual(["get_current_lm", "DSPyAgent", "Checkpoint"]);
  });

  test("what each value means is said of values that exist", () => {
    const known = ({ values = [], suggested = [] }: Everything) =>
      new Set([...values, ...suggested].map(String));
    expect(
      wrong(({ node }) => Object.keys(node.valueDocs ?? {}).some((value) => !known(node).has(value)), all),
    ).toEqual([]);
  });
});

function hasExample(functions: readonly FunctionEntry[], call: FunctionEntry | undefined): boolean {
  return [...functions, ...(call ? [call] : [])].some(({ example }) => example !== undefined);
}

describe("names", () => {
  test("no list has a name twice", () => {
    const repeated = ({ node, siblings }: Visited) =>
      node.name !== "…" && siblings.filter(({ name }) => name === node.name).length > 1;
    expect(wrong(repeated).filter((path) => !path.startsWith("declarations.DSPyAgent"))).toEqual([]);
  });

  test("another spelling names a field or member beside it", () => {
    expect(
      wrong(
        ({ node, siblings }) =>
          node.aliasOf !== undefined && !siblings.some(({ name }) => name === node.aliasOf),
      ),
    ).toEqual([]);
  });

  test("handles are named that exist", () => {
    const named = ({ node }: Visited) =>
      [node.handle, node.returnsHandle].some((name) => name !== undefined && !handleNames.has(name));
    expect(wrong(named, all)).toEqual([]);
    const declared = declarations.flatMap(({ handleWith }) => handleWith?.handle ?? []);
    expect(declared.filter((name) => !handleNames.has(name))).toEqual([]);
  });

  test("what is absent is not there after all", () => {
    const present = new Set(
      [...luaGlobals, ...luaLibraries, ...primitives, ...declarations].map((e) => e.name),
    );
    expect(Object.keys(absentGlobals).filter((name) => present.has(name))).toEqual([]);
    const members = luaLibraries.flatMap(({ name, functions, constants, absent }) =>
      [...functions, ...constants].filter((entry) => entry.name in absent).map((e) => `${name}.${e.name}`),
    );
    expect(members).toEqual([]);
  });
});

describe("values", () => {
  const fits: Readonly<Partial<Record<ValueKind, (value: unknown) => boolean>>> = {
    text: (value) => typeof value === "string",
    number: (value) => typeof value === "number",
    integer: (value) => Number.isInteger(value),
    boolean: (value) => typeof value === "boolean",
    any: () => true,
  };

  test("defaults are of the type and among the values", () => {
    const isWrong = ({ node }: Visited) =>
      node.default !== undefined &&
      (!(node.types ?? []).some((type) => fits[type]?.(node.default)) ||
        (node.values !== undefined && !node.values.some((value) => value === node.default)));
    expect(wrong(isWrong)).toEqual([]);
  });

  test("a field that is required has no default", () => {
    expect(wrong(({ node }) => node.required === true && node.default !== undefined)).toEqual([]);
  });

  test("conditions are about a field beside it and values that it may have", () => {
    const isWrong = ({ node: { onlyWith }, siblings }: Visited) => {
      if (!onlyWith) return false;
      const other = siblings.find(({ name }) => name === onlyWith.field);
      return !other || onlyWith.values.some((value) => !other.values?.includes(value));
    };
    expect(wrong(isWrong)).toEqual([]);
    expect(wrong(({ node }) => node.requiredThen === true && !node.onlyWith)).toEqual([]);
  });

  test("fields belong to tables, items to lists or tables, parameters to functions", () => {
    const has = (node: Everything, ...kinds: ValueKind[]) => kinds.some((kind) => node.types?.includes(kind));
    const isWrong = ({ node }: Visited) =>
      node.types !== undefined &&
      ((node.fields !== undefined && !has(node, "table", "any")) ||
        (node.each !== undefined && !has(node, "list", "table")) ||
        (node.parameters !== undefined && !has(node, "function")));
    expect(wrong(isWrong, all)).toEqual([]);
  });
});

describe("functions", () => {
  const functions = all.filter(({ node }) => node.parameters !== undefined && node.returns !== undefined);

  test("required parameters stand before the others", () => {
    const isWrong = ({ node: { parameters = [] } }: Visited) => {
      const firstOptional = parameters.findIndex(({ required }) => required !== true);
      return firstOptional >= 0 && parameters.slice(firstOptional).some((each) => each.required === true);
    };
    expect(wrong(isWrong, functions)).toEqual([]);
  });

  test("what happens in the world, or by chance, says what to do about it", () => {
    const isWrong = ({ node }: Visited) =>
      (node.effect === "external" || node.effect === "nondeterministic") &&
      node.advice === undefined &&
      node.status !== "declared";
    expect(wrong(isWrong, functions)).toEqual([]);
  });

  test("a checkpoint is an effect", () => {
    expect(
      wrong(({ node }) => node.checkpoint !== undefined && node.effect !== "checkpointed", functions),
    ).toEqual([]);
  });
});

test.for([
  ["os.time", ["integer"], 0, undefined],
  ["string.find", ["integer", "nil"], 1, true],
  ["table.unpack", ["any"], 0, true],
  ["string.gsub", ["text"], 1, undefined],
  ["coroutine.yield", [], 0, true],
] as const)("the signature of %s is read", ([name, returns, further, more]) => {
  const [library, member] = name.split(".");
  const entry = luaLibraries
    .find((each) => each.name === library)
    ?.functions.find((each) => each.name === member);
  expect(entry?.returns).toEqual(returns);
  expect(entry?.furtherReturns?.length ?? 0).toBe(further);
  expect(entry?.returnsMore).toBe(more);
});

test("what reads or changes the world says what it reaches, so that manifests list it", () => {
  const owners = [
    ...primitives.flatMap(({ name, functions }) => functions.map((entry) => ({ name, entry }))),
    ...standardModules.flatMap(({ name, exports }) =>
      exports.flatMap(({ function: entry }) => (entry ? [{ name, entry }] : [])),
    ),
  ];
  const silent = owners
    .filter(({ entry }) => entry.effect === "external" && !entry.reaches)
    .map(({ name, entry }) => `${name}.${entry.name}`);
  // These only say that they are not there yet.
  expect(silent).toEqual([
    "tactus.web.deep_research_start",
    "tactus.web.deep_research_status",
    "tactus.web.deep_research_result",
  ]);
});
