import assert from "node:assert/strict";
import { applyToTree } from "#review/trees/apply-patch.ts";
import { compareTrees } from "#review/trees/compare-trees.ts";
import { memoryTree } from "#review/trees/testing/memory-tree.ts";
import { damagedText } from "./damaged.ts";
import type { Target } from "./hostile-input.ts";

const base = memoryTree({ "a.tac": "one\ntwo\nthree\n", "lib/b.tac": "alpha\n" });

const patches = [
  "diff --git a/a.tac b/a.tac\n--- a/a.tac\n+++ b/a.tac\n@@ -1,3 +1,3 @@\n one\n-two\n+zwei\n three\n",
  "diff --git a/x/y.tac b/x/y.tac\nnew file mode 120000\n--- /dev/null\n+++ b/x/y.tac\n@@ -0,0 +1 @@\n+../../etc\n",
  "diff --git a/lib/b.tac b/../c.tac\nsimilarity index 100%\nrename from lib/b.tac\nrename to ../c.tac\n",
  'diff --git "a/\\056\\056/x" "b/\\056\\056/x"\nnew file mode 100755\nGIT binary patch\nliteral 1\nIcmZPo000310RR91\n',
];

/** Whatever a patch says, applying it throws nothing, and no file of the result lies outside of the repository. */
export const patchFiles: Target<string> = {
  inputs: damagedText(patches),
  check: async (text) => {
    const tree = await applyToTree(base, text);
    if (!tree.ok) return assert.match(tree.error.code, /^(patch-|tree-too-large|object-missing)/);
    const differences = await compareTrees(base, tree.value);
    // A name with too many folders within each other is met here first.
    if (!differences.ok) return assert.equal(differences.error.code, "tree-too-large");
    for (const { path, after } of differences.value) {
      assert.ok(
        path.split("/").every((name) => !/^\.{0,2}$/.test(name)),
        `${path} leads elsewhere`,
      );
      if (after) await tree.value.read(after, 1000);
    }
  },
};
