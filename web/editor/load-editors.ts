import { unpack } from "../page/packed.ts";
import { blobScript } from "./blob-script.ts";
import type { EditorParts, EditorsStart, SourceEditors } from "./source-editors.ts";

/** Where the build puts the packed parts; they stand at the end of the page, so that what is before is seen first. */
const packedParts = "editor-parts";

/** Unpacks and starts the part of the page with Monaco in it. It comes from the page itself: nothing is fetched. */
export async function loadEditors(start: Omit<EditorsStart, "workers">): Promise<SourceEditors> {
  await pageParsed();
  const parts: EditorParts = JSON.parse(await unpack(packedParts));
  const style = new CSSStyleSheet();
  style.replaceSync(parts.style);
  document.adoptedStyleSheets.push(style);
  await run(parts.script);
  if (!startSourceEditors) throw new Error("The script of the editor did not run.");
  return startSourceEditors({
    ...start,
    workers: { editor: parts.editorWorker, languageServer: parts.languageServer },
  });
}

function pageParsed(): Promise<void> {
  if (document.readyState !== "loading") return Promise.resolve();
  return new Promise((resolve) =>
    document.addEventListener("DOMContentLoaded", () => resolve(), { once: true }),
  );
}

/** A script that a trusted script adds is trusted (`strict-dynamic`); a `blob:` in the markup would not be. */
function run(script: string): Promise<void> {
  const tag = document.createElement("script");
  tag.src = blobScript(script);
  return new Promise((resolve, reject) => {
    tag.addEventListener("load", () => resolve());
    tag.addEventListener("error", () => reject(new Error("The script of the editor can't be loaded.")));
    document.head.append(tag);
  });
}
