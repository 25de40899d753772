/** What a file is, by its name: only these are checked. */
export type FileKind = "procedure" | "config";

/** The kind of a file or URI; undefined for files that are none of ours. Separators may be those of any system. */
export function fileKindOf(file: string): FileKind | undefined {
  if (file.endsWith(".tac")) return "procedure";
  if (/\.tac\.ya?ml$/.test(file) || /(^|[\\/])\.tactus[\\/]config\.yml$/.test(file)) return "config";
  return undefined;
}
