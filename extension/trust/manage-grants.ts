import * as vscode from "vscode";
import { momentText } from "#common/measures.ts";
import type { KeptGrants } from "#runs/trust/kept-grants.ts";
import { notice, passingNotice } from "../screen/notices.ts";
import { answerOf, choiceList, chooseOne } from "../screen/quick-inputs.ts";

const standing = {
  current: "",
  changed: " · changed since, doesn't count",
  gone: " · the file is gone",
} as const;

/** Shows what was granted on this machine, here or on the command line, and takes back what the person deselects. */
export async function manageGrants(): Promise<void> {
  const { listGrants, revokeGrants } = await import("#runs/trust/kept-grants.ts");
  const grants = await listGrants();
  if (grants.length === 0) {
    void notice.information("Nothing was granted on this machine yet.");
    return;
  }
  const kept = await chooseOne("Grants: Which File?", grants.map(fileRow));
  const revoked = kept && (await askRevoked(kept));
  if (!kept || !revoked) return;
  const all = revoked.length === kept.entries.length;
  const taken = await revokeGrants(new Set(all ? [kept.id] : revoked));
  if (!taken.ok) void notice.error(taken.error);
  else passingNotice(revoked.length === 0 ? "Nothing was taken back" : `${revoked.length} taken back`);
}

function fileRow(kept: KeptGrants) {
  const granted = kept.entries.filter(({ isGranted }) => isGranted).length;
  return {
    label: vscode.workspace.asRelativePath(kept.file),
    description: `${granted} of ${kept.entries.length} granted${standing[kept.state]} · ${momentText(kept.time, new Date())}`,
    detail: kept.file,
    value: kept,
  };
}

/** The ids that are not to be granted any more; all of them when what was left out is asked for again, too. */
async function askRevoked({ file, entries }: KeptGrants): Promise<readonly string[] | undefined> {
  const title = `Granted to ${vscode.workspace.asRelativePath(file)}`;
  const prompt = "Deselect what is to be taken back; with nothing left all of it is asked for again.";
  const granted = entries.filter(({ isGranted }) => isGranted);
  const list = choiceList(
    { title, prompt },
    granted.map((entry) => ({ label: entry.words, value: entry.id })),
  );
  list.canSelectMany = true;
  list.selectedItems = [...list.items];
  return answerOf(list, (finish) => {
    const left = new Set(list.selectedItems.map(({ value }) => value));
    const revoked = granted.map(({ id }) => id).filter((id) => !left.has(id));
    finish(left.size === 0 ? entries.map(({ id }) => id) : revoked);
  });
}
