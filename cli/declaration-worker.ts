import path from "node:path";

/** The worker that evaluates declarations. The bundles of `dist/` stand beside each other; this one is `dist/cli`. */
export const declarationWorker: string = path.resolve(
  import.meta.dirname,
  "../language-server/declaration-worker.cjs",
);
