import { Project, type ProjectOptions } from "#language/project/project.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { Span } from "#language/syntax/tree.ts";

/** A file of a test without its marks. */
interface MarkedFile {
  readonly uri: string;
  readonly text: string;
  /** Between `[|` and `|]`, in the order in which they end. */
  readonly ranges: readonly Span[];
}

/** A project of a test and the place in it that is asked about. */
export interface MarkedProject {
  readonly project: Project;
  readonly files: readonly MarkedFile[];
  /** The file with the cursor `<|>`, else the first. */
  readonly file: ProcedureFile;
  /** Of the cursor. */
  readonly offset: number;
}

const folder = "file:///work/";

/** Makes a project of texts by file name; a text alone is `main.tac`. `<|>` is a cursor, `[|…|]` a range. */
export function markedProject(
  source: string | Readonly<Record<string, string>>,
  options: ProjectOptions = {},
): MarkedProject {
  const texts = typeof source === "string" ? { "main.tac": source } : source;
  const project = new Project(options);
  let asked: { uri: string; offset: number } | undefined;
  const files = Object.entries(texts).map(([name, marked]) => {
    const { text, ranges, cursor } = readMarks(marked);
    const uri = `${folder}${name}`;
    if (cursor !== undefined) asked = { uri, offset: cursor };
    project.setText(uri, text);
    return { uri, text, ranges };
  });
  const file = project.procedure(asked?.uri ?? files[0]?.uri ?? "");
  if (!file) throw new Error("A test needs a file.");
  return { project, files, file, offset: asked?.offset ?? 0 };
}

/** A text with spans shown between `[|` and `|]`. */
export function withRanges(text: string, spans: readonly Span[]): string {
  let shown = text;
  for (const { start, end } of spans.toSorted((first, second) => second.start - first.start))
    shown = `${shown.slice(0, start)}[|${shown.slice(start, end)}|]${shown.slice(end)}`;
  return shown;
}

function readMarks(marked: string): { text: string; ranges: Span[]; cursor?: number } {
  const ranges: Span[] = [];
  const starts: number[] = [];
  let text = "";
  let cursor: number | undefined;
  for (const part of marked.split(/(<\|>|\[\||\|\])/)) {
    if (part === "<|>") cursor = text.length;
    else if (part === "[|") starts.push(text.length);
    else if (part === "|]") ranges.push({ start: starts.pop() ?? 0, end: text.length });
    else text += part;
  }
  return { text, ranges, ...(cursor !== undefined && { cursor }) };
}
