import assert from "node:assert/strict";
import fc from "fast-check";
import { parseTreeObject } from "#review/git/tree-object.ts";
import type { Target } from "./hostile-input.ts";

const entries = fc.array(
  fc.tuple(
    fc.constantFrom("100644", "40000", "120000", "160000", "1", ""),
    fc.oneof(fc.constantFrom("..", ".", "", "a/b", "..\\x", "a.tac", "\\x2e\\x2e"), fc.string()),
    fc.uint8Array({ minLength: 19, maxLength: 21 }),
  ),
  { maxLength: 6 },
);

/** Whatever bytes a folder of a commit has, it is read or refused, and no two names in it are one or lead elsewhere. */
export const treeObjects: Target<Uint8Array> = {
  inputs: fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    entries.map((list) =>
      Buffer.concat(list.map(([mode, name, id]) => Buffer.concat([Buffer.from(`${mode} ${name}\0`), id]))),
    ),
  ),
  check: async (bytes) => {
    const parsed = parseTreeObject(Buffer.from(bytes), { idBytes: 20, folder: "in/" });
    for (const { path, id } of parsed ?? []) {
      assert.match(path, /^in\/[^/]+$/);
      assert.doesNotMatch(path, /^in\/\.{1,2}$/);
      assert.match(id, /^[0-9a-f]{40}$/);
    }
    assert.equal(new Set(parsed?.map(({ path }) => path)).size, parsed?.length ?? 0);
  },
};
