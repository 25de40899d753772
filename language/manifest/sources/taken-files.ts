import { stringLiteral } from "#language/semantics/table-fields.ts";
import type { TableExpression } from "#language/syntax/tree.ts";
import { type KnownText, WrittenTable } from "./constant-values.ts";
import type { GlobalUses } from "./global-uses.ts";
import { beside } from "./placed.ts";
import type { CallOfValue, ValueUse } from "./value-uses.ts";

/** The text that is written as the first argument of a call. */
export function firstText(use: ValueUse): string | undefined {
  if (use.kind === "escape" || use.form === "method") return undefined;
  return stringLiteral(use.arguments[0])?.value;
}

/** The path of `IncludeTasks("path")` and `IncludeTasks {path = "path"}`. */
export function includedPath(use: ValueUse): string | undefined {
  if (use.kind === "escape") return undefined;
  const [first] = use.arguments;
  if (first?.kind !== "TableExpression") return firstText(use);
  const path = first.fields.find((field) => field.kind === "NamedField" && field.name.text === "path");
  return stringLiteral(path?.value)?.value;
}

/** What a use of `Tool` or `Toolset` gives as the place where tools come from. */
export function toolSources(
  word: "Tool" | "Toolset",
  use: ValueUse,
  globals: GlobalUses,
): readonly KnownText[] {
  const [member] = use.path;
  if (member !== undefined && member !== "define") return [];
  if (use.kind === "escape") return [{ kind: "dynamic" }];
  const table = use.arguments.find((argument) => argument.kind === "TableExpression");
  if (table) return sourcesIn(word, tableOf(use, table, globals));
  const isName = use.arguments.length === 1 && stringLiteral(use.arguments[0]) !== undefined;
  return isName ? [] : [{ kind: "dynamic" }];
}

function tableOf(use: CallOfValue, table: TableExpression, globals: GlobalUses): WrittenTable {
  return new WrittenTable(beside(use.place, table), globals);
}

/** `use` of a toolset and of the tools in it; a tool may say `source` as well. */
function sourcesIn(word: "Tool" | "Toolset", table: WrittenTable): KnownText[] {
  const own = [table.text("use"), ...(word === "Tool" ? [table.text("source")] : [])];
  const tools = word === "Toolset" ? table.table("tools") : "absent";
  const inline = typeof tools === "string" ? [] : (tools.items() ?? []);
  const inside = inline.flatMap((item) => {
    const tool = table.inside(item);
    return tool ? sourcesIn("Tool", tool) : [];
  });
  return [...own, ...inside];
}

/** The module name of a file of tools (`./a/tools.tac`); undefined for other sources. */
export function toolFileModule(source: string): string | undefined {
  if (!source.endsWith(".tac")) return undefined;
  return moduleName(source.replace(/^\.\//, ""));
}

/** The name under which `require` keeps a module: dots, without the ending. */
export function moduleName(given: string): string {
  return given.replace(/\.tac$/, "").replaceAll("/", ".");
}
