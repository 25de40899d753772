/** The repository under review as the language knows it: there is no folder on any disk. */
export const repositoryUri = "file:///repository";

/** A path of the repository as a URI. */
export function uriOf(path: string): string {
  return `${repositoryUri}/${path.toWellFormed().split("/").map(encodeURIComponent).join("/")}`;
}

/** The path that a URI stands for; what lies outside of the repository keeps its URI. */
export function pathOf(uri: string): string {
  return uri.startsWith(`${repositoryUri}/`) ? decodeURIComponent(uri.slice(repositoryUri.length + 1)) : uri;
}
