import { readFile } from "node:fs/promises";
import { runInNewContext } from "node:vm";
import { brotliCompressSync } from "node:zlib";
import type { Plugin } from "esbuild";

/** The library's WebAssembly as it writes it: a text whose characters are the bytes. */
const embedded = /binaryDecode\(('(?:[^'\\]|\\[\s\S])*')\)/;

/**
 * Keeps the WebAssembly of the HDF5 library compressed until it is used: as the library writes it, it alone would make
 * the sandbox image larger than it may be. Fails the build when the library no longer writes it that way.
 */
export const compressedWasm: Plugin = {
  name: "compressed-wasm",
  setup({ onLoad }) {
    onLoad({ filter: /h5wasm\/dist\/esm\/hdf5_util\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const literal = embedded.exec(source)?.[1];
      if (literal === undefined) throw new Error(`No WebAssembly was found in ${path}.`);
      const bytes = Buffer.from(String(runInNewContext(literal)), "latin1");
      const packed = brotliCompressSync(bytes).toString("base64");
      const unpacking = `globalThis.process.getBuiltinModule("node:zlib").brotliDecompressSync(Buffer.from("${packed}", "base64"))`;
      return { contents: source.replace(embedded, () => unpacking), loader: "js" };
    });
  },
};
