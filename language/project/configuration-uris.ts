import { reviewRootOf } from "#protocol/editor/review-scheme.ts";

/** The config files around a procedure, as URIs: those of the folders above it, the nearest last, then its sidecar. */
export function configUrisFor(uri: string, folders: readonly string[]): readonly string[] {
  const uris: string[] = [];
  let folder = uri.slice(0, uri.lastIndexOf("/"));
  const around = folders.find((each) => folder === each || folder.startsWith(`${each}/`));
  const top = around ?? reviewRootOf(uri);
  for (;;) {
    uris.unshift(`${folder}/.tactus/config.yml`);
    if (top === undefined || folder === top || !folder.includes("/")) break;
    folder = folder.slice(0, folder.lastIndexOf("/"));
  }
  return [...uris, `${uri}.yml`, uri.replace(/\.tac$/, ".yml")];
}
