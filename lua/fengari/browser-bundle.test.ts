import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { expect, test } from "vitest";

const program = `
  import { createFengariEngine } from "./create-fengari-engine.ts";
  const engine = createFengariEngine({
    memoryBytes: 0, instructions: 1e6, seed: 1, now: () => 0, print: (text) => printed.push(text),
  });
  engine.load("print(1 / 3, ('\\\\u{e9}a'):reverse())", "browser").call();
`;

test("fengari runs where there is no Node", async () => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    write: false,
    metafile: true,
    platform: "browser",
    format: "iife",
    define: { process: "undefined", "process.env.FENGARICONF": "undefined" },
    logLevel: "silent",
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  expect(imports).toEqual([]);

  const printed: string[] = [];
  runInContext(outputFiles[0]!.text, createContext({ printed, TextEncoder, TextDecoder, Uint8Array }));
  expect(printed).toEqual(["0.33333333333333331\taé\n"]);
});
