import { expect, test } from "vitest";
import { ok } from "#common/result.ts";
import { applyToTree } from "./apply-patch.ts";
import { compareTrees } from "./compare-trees.ts";
import { memoryTree } from "./testing/memory-tree.ts";

const base = memoryTree({
  "a.tac": "one\ntwo\nthree\n",
  "lib/b.tac": "alpha\n",
  "lib/deep/c.tac": "gamma\n",
  "lib/deep/d.tac": "delta\n",
  "latin.txt": new Uint8Array([0xe9, 0x0a]),
});

/** What a patch changes, by path: the new text, or `null`. */
async function changes(patch: string): Promise<unknown> {
  const tree = await applyToTree(base, patch);
  if (!tree.ok) return tree.error.code;
  const differences = await compareTrees(base, tree.value);
  if (!differences.ok) return differences.error;
  const found: Record<string, unknown> = {};
  for (const { path, after } of differences.value) {
    const content = after ? await tree.value.read(after, 1000) : ok(undefined);
    found[path] = content.ok ? content.value && new TextDecoder().decode(content.value) : content.error.code;
  }
  return found;
}

const edit = `diff --git a/a.tac b/a.tac
--- a/a.tac
+++ b/a.tac
@@ -1,3 +1,3 @@
 one
-two
+zwei
 three
`;

test.for<[string, string, unknown]>([
  ["an edit", edit, { "a.tac": "one\nzwei\nthree\n" }],
  [
    "a series that changes a file twice",
    `From 1 Mon Sep 17 00:00:00 2001\nSubject: [PATCH 1/2] x\n---\n${edit}-- \n2.39.5\n\nFrom 2\n---\n${edit.replace("-two", "-zwei").replace("+zwei", "+deux")}-- \n2.39.5\n`,
    { "a.tac": "one\ndeux\nthree\n" },
  ],
  [
    "a new file in a new folder",
    "diff --git a/x/y.tac b/x/y.tac\nnew file mode 100644\n--- /dev/null\n+++ b/x/y.tac\n@@ -0,0 +1 @@\n+new\n",
    { "x/y.tac": "new\n" },
  ],
  [
    "a deleted file",
    "diff --git a/lib/b.tac b/lib/b.tac\ndeleted file mode 100644\n--- a/lib/b.tac\n+++ /dev/null\n@@ -1 +0,0 @@\n-alpha\n",
    { "lib/b.tac": undefined },
  ],
  [
    "a rename",
    "diff --git a/lib/deep/c.tac b/e.tac\nsimilarity index 100%\nrename from lib/deep/c.tac\nrename to e.tac\n",
    { "e.tac": "gamma\n", "lib/deep/c.tac": undefined },
  ],
  [
    "a file that becomes executable",
    "diff --git a/lib/b.tac b/lib/b.tac\nold mode 100644\nnew mode 100755\n",
    { "lib/b.tac": "alpha\n" },
  ],
  [
    "a binary file, whose content the patch may hold or not",
    "diff --git a/p.bin b/p.bin\nnew file mode 100644\nindex 0000000..1\nGIT binary patch\nliteral 1\nIcmZPo000310RR91\n\n",
    { "p.bin": "object-missing" },
  ],
  ["lines that are not there", edit.replace("-two", "-zwo"), "patch-does-not-apply"],
  ["a file that is not there", edit.replaceAll("a.tac", "z.tac"), "patch-does-not-apply"],
  ["bytes that are no text", edit.replaceAll("a.tac", "latin.txt"), "patch-does-not-apply"],
  ["a path that leads out", edit.replaceAll("a.tac", "../a.tac"), "patch-invalid"],
  ["an absolute path", edit.replaceAll("/a.tac", "//etc/a.tac"), "patch-invalid"],
  ["no patch", "hello\n", "patch-invalid"],
  ["nothing", "", "patch-invalid"],
])("%s", async ([, patch, expected]) => {
  expect(await changes(patch)).toEqual(expected);
});
