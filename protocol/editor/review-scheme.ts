/**
 * Scheme of the documents that show the files of a change under review, as they are in one of its sides. The authority
 * names the review and the side, the path is the one below the root of the repository. They are on no disk: a language
 * server asks its editor for them (`workspace-files.ts`).
 */
export const reviewScheme = "tactus-review";

/** Where the files of a side begin, for a URI of one of them; undefined for any other. */
export function reviewRootOf(uri: string): string | undefined {
  const prefix = `${reviewScheme}://`;
  if (!uri.startsWith(prefix)) return undefined;
  const end = uri.indexOf("/", prefix.length);
  return end === -1 ? uri : uri.slice(0, end);
}
