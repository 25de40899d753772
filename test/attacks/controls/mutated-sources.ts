import { readFileSync } from "node:fs";
import path from "node:path";
import type { Plugin } from "esbuild";
import type { Control } from "./control.ts";

export const repositoryRoot: string = path.resolve(import.meta.dirname, "../../..");

/** The texts of the files that a control's mutations change, by absolute path. Throws where one does not fit any more. */
export function mutatedSources(control: Control | undefined): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { file, from, to } of control?.off ?? []) {
    const place = path.join(repositoryRoot, file);
    const text = texts.get(place) ?? readFileSync(place, "utf8");
    const pieces = text.split(from);
    if (pieces.length !== 2)
      throw new Error(
        `The control ${control?.id} can't be switched off: ${file} holds ${JSON.stringify(from)} ${pieces.length - 1} times, not once.`,
      );
    texts.set(place, pieces.join(to));
  }
  return texts;
}

/** Gives esbuild the mutated texts in place of the files. */
export function mutationPlugin(texts: ReadonlyMap<string, string>): Plugin {
  const anyOf = [...texts.keys()].map((file) => escaped(file)).join("|");
  return {
    name: "mutations",
    setup({ onLoad }) {
      if (texts.size === 0) return;
      onLoad({ filter: new RegExp(`^(${anyOf})$`) }, ({ path: file }) => ({
        contents: texts.get(file) ?? "",
        loader: "ts",
      }));
    },
  };
}

/** A path as a pattern that fits nothing else. */
function escaped(file: string): string {
  return file.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
