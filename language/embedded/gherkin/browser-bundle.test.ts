import { build } from "esbuild";
import { expect, test } from "vitest";

test("the parser bundles for a worker of a browser, and stays small", async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: ["language/embedded/gherkin/parse-gherkin.ts"],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    outfile: "parse-gherkin.js",
    platform: "browser",
    format: "esm",
    logLevel: "silent",
  });
  // A module of Node would be an import that is left, or end the build.
  expect(Object.values(metafile.outputs).flatMap((output) => output.imports)).toEqual([]);
  expect(outputFiles[0]!.contents.length).toBeLessThan(160_000);
});
