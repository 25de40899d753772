import path from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";

const prefix = "inline-worker:";

/**
 * Puts the script of a worker into the bundle that starts it: `import { script } from "inline-worker:folder/file.ts"`.
 * A worker in a browser can then be started wherever its starter came from, and is one file less to ship.
 */
export function inlineWorker(options: BuildOptions): Plugin {
  return {
    name: "inline-worker",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^${prefix}`) }, ({ path: name }) => ({
        path: path.resolve(name.slice(prefix.length)),
        namespace: "inline-worker",
      }));
      onLoad({ filter: /.*/, namespace: "inline-worker" }, async ({ path: entry }) => {
        const { outputFiles, metafile } = await build({
          ...options,
          entryPoints: [entry],
          write: false,
          metafile: true,
          sourcemap: false,
        });
        const [script] = outputFiles;
        const outside = Object.values(metafile.outputs).flatMap(({ imports }) => imports);
        if (!script || outside.length > 0) throw new Error(`${entry} does not fit into one script.`);
        return {
          contents: `export const script = ${JSON.stringify(script.text)};`,
          watchFiles: Object.keys(metafile.inputs).map((input) => path.resolve(input)),
        };
      });
    },
  };
}
