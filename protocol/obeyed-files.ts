/** Files that people's programs obey without asking, beside the hidden ones; and what Windows starts by its name. */
const obeyedFile =
  /^(.*\.tac|.*\.tac\.ya?ml|package\.json|(gnu)?makefile|justfile|agents\.md|claude\.md|.*\.code-workspace)$/;
const startedFile = /\.(exe|com|bat|cmd|ps1|psm1|vbs|vbe|wsf|hta|msi|scr|pif|lnk|url|dll|desktop|command)$/;

/**
 * Why a file steers what a later run trusts or what a program of the machine executes; undefined when it does not. Takes
 * the names along its path, folded (`foldedName`).
 */
export function obeyedReason(foldedNames: readonly string[]): string | undefined {
  if (foldedNames.some((name) => name.startsWith(".")))
    return "hidden files and folders steer programs of this machine";
  if (foldedNames.some((name) => obeyedFile.test(name))) return "programs of this machine trust such files";
  return foldedNames.some((name) => startedFile.test(name)) ? "this machine starts such files" : undefined;
}

/** File systems of other systems ignore case and compare composed characters. */
export function foldedName(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}
