import { readFile } from "node:fs/promises";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import type { Plugin } from "esbuild";

/** Where the HDF5 library holds its WebAssembly module: as the text of a string, one character a byte. */
const embedded = /binaryDecode\(('(?:[^'\\]|\\[\s\S])*')\)/;

/**
 * Packs the WebAssembly module that the HDF5 library holds in its source: as escaped text it is 5 MB of an image that has
 * a limit, packed it is 1.5. It is unpacked when the first HDF5 file is read or written.
 */
export const packedWasm: Plugin = {
  name: "packed-wasm",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]h5wasm[\\/]dist[\\/]esm[\\/]hdf5_util\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const [whole, literal] = embedded.exec(source) ?? [];
      if (whole === undefined || literal === undefined)
        throw new Error(`${path} embeds no module as expected.`);
      const packed = gzipSync(bytesOf(literal), { level: 9 }).toString("base64");
      const unpacking = `__gunzip(Buffer.from("${packed}", "base64"))`;
      const contents = `import { gunzipSync as __gunzip } from "node:zlib";\n${source.replace(whole, () => unpacking)}`;
      return { contents, loader: "js" };
    });
  },
};

/** The bytes of a string literal; character 256 stands for the byte 0, as the library writes it. */
function bytesOf(literal: string): Uint8Array {
  const text: unknown = runInNewContext(literal);
  return Uint8Array.from(String(text), (character) => character.charCodeAt(0) & 0xff);
}
