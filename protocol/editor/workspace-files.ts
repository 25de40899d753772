/**
 * Requests of a language server without a disk (in a browser) to its editor, which reads files for it. A server that
 * has a disk sends them for the files of a change under review only (`review-scheme.ts`).
 */

/** Answers the text of a file, or `null` when there is none, or it is no text, or too large. */
export const readFileMethod = "tactus/readFile";

/** Answers the files of ours below a folder, as URIs. */
export const findFilesMethod = "tactus/findFiles";

/** Answers the names in a folder, folders with a `/` behind. */
export const listFolderMethod = "tactus/listFolder";

/** What each of the three is about: a file, or a folder. */
export interface WorkspaceFileParams {
  readonly uri: string;
}
