import { hasUnseen } from "#common/visible-text.ts";
import { fileKindOf } from "#language/diagnostics/file-kind.ts";
import { foldedName, obeyedReason } from "#protocol/obeyed-files.ts";
import type { Meaning } from "#protocol/reports/review-report.ts";
import type { ChangedFile } from "#review/trees/find-renames.ts";
import type { TreeFile } from "#review/trees/source-tree.ts";

/** What a changed file means by its name and kind alone. */
export function treeMeanings(file: ChangedFile): Meaning[] {
  const { path, before, after } = file;
  const found = after ? [...oddNames(path), ...kindChange(before, after)] : [];
  return [...found, ...obeyed(path)].map((meaning) => ({ topic: "tree", ...meaning }));
}

type Told = Pick<Meaning, "risk" | "message"> & Partial<Meaning>;

/** Names that deceive whoever reads them, or that only some systems take for a file that is trusted. */
function oddNames(path: string): Told[] {
  const told: Told[] = [];
  if (hasUnseen(path)) told.push({ risk: "high", message: "has a name with characters that can't be seen" });
  if (/\\x/.test(path))
    told.push({ risk: "high", message: "has a name that no system writes: it could lead out of its folder" });
  const folded = foldedName(path).replace(/[. ]+(?=\/|$)/g, "");
  if (folded.split("/").includes(".git") || /(^|\/)git~\d+(\/|$)/.test(folded))
    told.push({ risk: "high", message: "lies in a folder where git keeps its own files, hooks among them" });
  if (fileKindOf(folded) === "config" && fileKindOf(path) !== "config")
    told.push({ risk: "high", message: "is taken for a config file by systems that ignore case" });
  return told;
}

function kindChange(before: TreeFile | undefined, after: TreeFile): Told[] {
  if (before?.kind === after.kind) return after.kind === "submodule" ? [otherCommit] : [];
  switch (after.kind) {
    case "link":
      return [{ risk: "high", message: "becomes a link: what it leads to is not part of the change" }];
    case "submodule":
      return [{ risk: "high", message: "brings in another repository, which is not part of the change" }];
    case "executable":
      return before ? [{ risk: "low", message: "becomes executable" }] : [];
    default:
      return before && before.kind !== "executable"
        ? [{ risk: "low", message: `becomes a file (before: a ${before.kind})` }]
        : [];
  }
}

const otherCommit: Told = {
  risk: "high",
  message: "takes another commit of a repository that is not part of the change",
};

function obeyed(path: string): Told[] {
  if (fileKindOf(path) !== undefined) return [];
  const reason = obeyedReason(foldedName(path).split("/"));
  return reason === undefined ? [] : [{ topic: "trust", risk: "low", message: `is touched, and ${reason}` }];
}
