import { type FindRefactoring, lineBreakOf } from "#language/refactoring/refactoring.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { requiredModules } from "#language/semantics/required-modules.ts";

/** Orders the `require` lines at the top of a file, and drops those whose variable nothing uses. */
export const sortRequires: FindRefactoring = ({ file }) => {
  const lines = requireLines(file);
  const wanted = lines
    .filter(({ isUsed }) => isUsed)
    .toSorted((one, other) => (one.module < other.module ? -1 : one.module > other.module ? 1 : 0));
  const isSame = wanted.length === lines.length && wanted.every((line, index) => line === lines[index]);
  const [first] = lines;
  const last = lines.at(-1);
  if (isSame || !first || !last) return undefined;
  const text = wanted.map((line) => line.text).join(lineBreakOf(file.text));
  return {
    title: "Organize requires",
    kind: "source.organizeImports",
    edits: () => [
      { start: first.start, end: wanted.length > 0 ? last.end : behindLine(file.text, last.end), text },
    ],
  };
};

interface RequireLine {
  readonly module: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isUsed: boolean;
}

/** The run of `local x = require("y")` statements at the top, each alone on its line, without comments between. */
function requireLines(file: ProcedureFile): RequireLine[] {
  const required = new Map(requiredModules(file).map((each) => [each.model, each]));
  const lines: RequireLine[] = [];
  for (const model of file.models) {
    const found = required.get(model);
    const { node } = model.top;
    const [value] = node.kind === "LocalStatement" ? node.values : [];
    if (!found || node.kind !== "LocalStatement" || node.names.length !== 1 || value !== found.call) break;
    const start = model.offset + node.start;
    const end = model.offset + node.end;
    if (lines.length > 0 && file.text.slice(model.offset, start).trim() !== "") break;
    const name = node.names[0]?.name.text ?? "";
    // A name like `_shared` says that the module is required for what it does.
    const isUsed = name.startsWith("_") || file.names.isUsedElsewhere(name);
    lines.push({ module: found.name, text: file.text.slice(start, end), start, end, isUsed });
  }
  return lines;
}

function behindLine(text: string, offset: number): number {
  return offset + (/^[ \t]*\r?\n/.exec(text.slice(offset))?.[0].length ?? 0);
}
