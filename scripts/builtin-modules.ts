import type { Plugin } from "esbuild";

/**
 * Node's own modules as CommonJS sees them. An `import` of one makes Node read every property it exports, which loads
 * streams for `fs` and web cryptography for `crypto`: several milliseconds of the start of every run.
 */
export const builtinModules: Plugin = {
  name: "builtin-modules",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: "builtin-module" }));
    onLoad({ filter: /.*/, namespace: "builtin-module" }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};
