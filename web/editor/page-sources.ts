import * as monaco from "@codingame/monaco-vscode-editor-api";
import { fileKindOf } from "#language/diagnostics/file-kind.ts";
import type { PageFile } from "#protocol/page/page-data.ts";
import type { Side } from "./source-editors.ts";

/** Names the files of the page to Monaco and to the language server. Nothing behind it can be fetched. */
export const scheme = "report";

interface Source {
  readonly file: PageFile;
  readonly side: Side;
  readonly text: string;
}

/** The sources of the page, as two folders: what was before, and what is after. */
export class PageSources {
  readonly #byAddress = new Map<string, Source>();

  constructor(files: readonly PageFile[]) {
    for (const file of files) {
      const before = file.status === "unchanged" ? file.after : file.before;
      if (before !== undefined) this.#add({ file, side: "before", text: before });
      if (file.after !== undefined) this.#add({ file, side: "after", text: file.after });
    }
  }

  /** The two folders, for a client of the language server. */
  readonly folders: readonly { readonly uri: string; readonly name: string }[] = (
    ["before", "after"] as const
  ).map((side) => ({ uri: addressOf("", side).toString(), name: side }));

  text(uri: string): string | undefined {
    return this.#find(uri)?.text;
  }

  /** The files below a folder that the language server reads by itself. */
  below(folder: string): readonly string[] {
    const start = `${normal(folder).replace(/\/$/, "")}/`;
    return [...this.#byAddress.keys()].filter((uri) => uri.startsWith(start) && fileKindOf(decodeURI(uri)));
  }

  /** Names in a folder, folders with a `/` behind. */
  namesIn(folder: string): readonly string[] {
    const start = `${normal(folder).replace(/\/$/, "")}/`;
    const inside = [...this.#byAddress.keys()].filter((uri) => uri.startsWith(start));
    const names = inside.map((uri) => uri.slice(start.length).replace(/\/.*$/, "/"));
    return [...new Set(names)].map((name) => decodeURIComponent(name));
  }

  /** Which file and side a place is in. */
  whose(uri: monaco.Uri): { readonly path: string; readonly side: Side } | undefined {
    const source = this.#find(uri.toString());
    return source && { path: source.file.path, side: source.side };
  }

  /** The address of a side of a file; undefined when it is not here. */
  address(path: string, side: Side): monaco.Uri | undefined {
    const source = [...this.#byAddress.values()].find((one) => one.file.path === path && one.side === side);
    return source && addressOf(nameOn(source.file, side), side);
  }

  #add(source: Source): void {
    const { file, side } = source;
    this.#byAddress.set(addressOf(nameOn(file, side), side).toString(), source);
  }

  #find(uri: string): Source | undefined {
    return this.#byAddress.get(normal(uri));
  }
}

function nameOn(file: PageFile, side: Side): string {
  return side === "before" ? (file.from ?? file.path) : file.path;
}

function addressOf(path: string, side: Side): monaco.Uri {
  return monaco.Uri.from({ scheme, path: `/${side}/${path}` });
}

/** The server writes addresses in its own way. */
function normal(uri: string): string {
  return monaco.Uri.parse(uri).toString();
}

/** What a file is written in, by its name. */
export function languageOf(path: string): string {
  if (path.endsWith(".tac")) return "tactus";
  return /\.ya?ml$/.test(path) ? "yaml" : "plaintext";
}
