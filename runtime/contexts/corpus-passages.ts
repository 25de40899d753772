import { RequestRefused } from "../ports.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { WorkspaceFiles } from "../workspace/workspace-files.ts";
import type { Passage } from "./text-index.ts";

/** Bounds of a corpus: it is read anew in each run, and kept in memory. */
const maximumFiles = 2000;
const maximumCharacters = 16 * 1024 * 1024;
const maximumDepth = 16;
/** Characters that a passage has at most, unless one paragraph alone has more. */
const passageCharacters = 1200;

const textFile = /\.(txt|md|markdown|rst|adoc|org|html?|csv|tsv|json|jsonl|ya?ml|xml|tex|log|srt|vtt)$/i;

/** The texts below a folder, cut into passages at blank lines. Throws ProcedureFailure, RequestRefused. */
export function passagesOfFolder(files: WorkspaceFiles, root: string): readonly Passage[] {
  const passages: Passage[] = [];
  let characters = 0;
  for (const path of textFilesBelow(files, root)) {
    const text = readable(files, path);
    characters += text.length;
    if (characters > maximumCharacters) {
      throw new ProcedureFailure(
        "limit-memory",
        `The corpus '${root}' has more than ${maximumCharacters} characters.`,
      );
    }
    passages.push(...passagesOf(text).map((part) => ({ source: path, text: part })));
  }
  return passages;
}

/** Pieces of a text: whole paragraphs, as many together as fit. */
export function passagesOf(text: string): readonly string[] {
  const passages: string[] = [];
  let gathered = "";
  for (const paragraph of text.split(/\n\s*\n/).map((part) => part.trim())) {
    if (paragraph === "") continue;
    const together = gathered === "" ? paragraph : `${gathered}\n\n${paragraph}`;
    if (gathered !== "" && together.length > passageCharacters) {
      passages.push(gathered);
      gathered = paragraph;
    } else gathered = together;
  }
  return gathered === "" ? passages : [...passages, gathered];
}

function textFilesBelow(files: WorkspaceFiles, root: string): readonly string[] {
  const found: string[] = [];
  let level = [root];
  for (let depth = 0; depth < maximumDepth && level.length > 0; depth++) {
    const entries = level.flatMap((folder) => files.list(folder));
    found.push(
      ...entries.flatMap(({ path, directory }) => (!directory && textFile.test(path) ? [path] : [])),
    );
    if (found.length > maximumFiles) {
      throw new ProcedureFailure("limit-memory", `The corpus '${root}' has more than ${maximumFiles} files.`);
    }
    level = entries.filter(({ directory }) => directory).map(({ path }) => path);
  }
  return found.toSorted();
}

/** A file that is no text, or too large, is left out; one that is not there any more too. */
function readable(files: WorkspaceFiles, path: string): string {
  try {
    return files.readText(path);
  } catch (thrown) {
    if (thrown instanceof ProcedureFailure || thrown instanceof RequestRefused) {
      if (["file-unreadable", "file-denied", "file-not-found"].includes(thrown.code)) return "";
    }
    throw thrown;
  }
}
