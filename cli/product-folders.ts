import path from "node:path";
import type { ProductFolders } from "#runs/session/isolations.ts";

/** The bundles of `dist/` stand beside each other; this one is `dist/cli`. */
export const productFolders: ProductFolders = {
  runtimeFolder: path.resolve(import.meta.dirname, "../runtime"),
};
