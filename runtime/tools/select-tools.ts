import type { TableReader } from "../schema/table-reader.ts";
import { type OfferedTool, recordedName } from "./offered-tool.ts";

/** Which tools of a toolset are meant, and what they are called; applied in the order of the fields. */
export interface ToolSelection {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly prefix?: string;
  /** New name → existing name; the reverse is understood where only that fits. */
  readonly rename?: Readonly<Record<string, string>>;
}

/** Reads `include`, `exclude`, `prefix` and `rename`. */
export function readSelection(reader: TableReader): ToolSelection {
  const include = reader.texts("include");
  const exclude = reader.texts("exclude");
  const prefix = reader.text("prefix");
  const rename = readRename(reader);
  return {
    ...(include ? { include } : {}),
    ...(exclude ? { exclude } : {}),
    ...(prefix ? { prefix } : {}),
    ...(rename ? { rename } : {}),
  };
}

function readRename(reader: TableReader): Readonly<Record<string, string>> | undefined {
  const names = reader.nested("rename");
  if (!names) return undefined;
  const pairs = Object.keys(names.table).map((name) => [name, names.text(name) ?? name]);
  return Object.fromEntries(pairs);
}

/** The tools that a selection leaves, under their new names. */
export function selectTools(
  tools: readonly OfferedTool[],
  { include, exclude, prefix, rename }: ToolSelection,
): readonly OfferedTool[] {
  const newNames = newNameByOld(tools, prefix, rename ?? {});
  return tools
    .filter((tool) => (include?.includes(tool.name) ?? true) && !exclude?.includes(tool.name))
    .map((tool) => named(tool, newNames(tool.name)));
}

function named(tool: OfferedTool, name: string): OfferedTool {
  return name === tool.name ? tool : { ...tool, name, recordedName: recordedName(tool) };
}

/** Old documentation writes `rename` the other way round: an entry whose value is no tool but whose key is one. */
function newNameByOld(
  tools: readonly OfferedTool[],
  prefix: string | undefined,
  rename: Readonly<Record<string, string>>,
): (old: string) => string {
  const prefixed = (name: string): string => (prefix ? `${prefix}_${name}` : name);
  const exists = (name: string): boolean =>
    tools.some((tool) => tool.name === name || prefixed(tool.name) === name);
  const pairs = Object.entries(rename).map(([key, value]) =>
    !exists(value) && exists(key) ? ([key, value] as const) : ([value, key] as const),
  );
  const byOld = new Map(pairs);
  return (old) => byOld.get(prefixed(old)) ?? byOld.get(old) ?? prefixed(old);
}
