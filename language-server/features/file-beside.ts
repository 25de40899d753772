import type { ProcedureContext } from "../feature.ts";

/** The URI of a file that a text of a document names; undefined when it is not there, or lies outside of the folder. */
export async function fileBeside(
  { uri, host, textOf }: Pick<ProcedureContext, "uri" | "host" | "textOf">,
  path: string,
): Promise<string | undefined> {
  const target = uriBeside(uri, path);
  if (target === undefined) return undefined;
  if (textOf(target) !== undefined) return target;
  const slash = target.lastIndexOf("/");
  const names = await host.listFolder(target.slice(0, slash));
  return names.includes(decodeURIComponent(target.slice(slash + 1))) ? target : undefined;
}

/** Only what stays inside the folder: a link must not lead where the procedure itself could not. */
export function uriBeside(uri: string, path: string): string | undefined {
  const parts = path.replace(/^\.\//, "").split("/");
  const isInside =
    path !== "" &&
    !path.startsWith("/") &&
    !path.includes("\\") &&
    !parts.includes("..") &&
    path.isWellFormed();
  if (!isInside) return undefined;
  return `${uri.slice(0, uri.lastIndexOf("/") + 1)}${parts.map(encodeURIComponent).join("/")}`;
}
