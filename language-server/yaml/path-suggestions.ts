import { CompletionItemKind } from "vscode-languageserver";
import type { CursorPlace } from "#language/sidecar/bare-place.ts";
import { keyEntryAt } from "#language/sidecar/schema-words.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import type { Suggestion } from "./suggestion.ts";
import { startFolder, type YamlContext } from "./yaml-context.ts";

/** More names than this are a folder of data, not of tools. */
const mostNames = 200;

/** Files and folders that exist, below the folder that the path so far names. */
export async function pathSuggestions(
  place: CursorPlace,
  document: YamlDocument,
  { listFolder, uri }: YamlContext,
): Promise<Suggestion[]> {
  const reference = keyEntryAt(place.path)?.refersTo;
  if (!listFolder || (reference !== "path" && reference !== "mount")) return [];
  const typed = document.text.slice(place.replace.start, place.replace.end);
  const isMount = reference === "mount";
  const host = isMount ? (typed.split(":")[0] ?? "") : typed;
  const behind = isMount ? typed.slice(host.length) : "";
  const folder = host.slice(0, host.lastIndexOf("/") + 1) || "./";
  if (!/^\.{1,2}\//.test(folder) || /[\\$]/.test(folder)) return [];
  const names = await listFolder(resolvedFolder(startFolder(uri), folder));
  return names
    .filter((name) => !name.startsWith(".") && (name.endsWith("/") || !isMount))
    .slice(0, mostNames)
    .map((name) => suggestion(name, folder, isMount ? behind || mountOf(name) : "", place));
}

/** Mounted read-only, under its own name. */
function mountOf(name: string): string {
  return `:/${name.replace(/\/$/, "")}:ro`;
}

function suggestion(name: string, folder: string, behind: string, { isQuoted }: CursorPlace): Suggestion {
  const isFolder = name.endsWith("/");
  const text = `${folder}${behind === "" ? name : name.replace(/\/$/, "")}${behind}`;
  const isPlain = isQuoted || /^[\w./-]+(:[\w./:-]+)?$/.test(text);
  return {
    label: name,
    kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
    insert: isPlain ? text : JSON.stringify(text),
    rank: isFolder ? 3 : 4,
  };
}

/** `..` climbs, and never above the root of the URI. */
function resolvedFolder(start: string, folder: string): string {
  const root = /^[a-z][\w+.-]*:\/\/[^/]*\//i.exec(start)?.[0] ?? "";
  const steps = start
    .slice(root.length)
    .split("/")
    .filter((step) => step !== "");
  for (const step of folder.toWellFormed().split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(encodeURIComponent(step));
  }
  return root + steps.map((step) => `${step}/`).join("");
}
