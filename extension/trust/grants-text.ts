import type { AskedEntry } from "#runs/trust/asked-entries.ts";
import type { ChangedWishes } from "#runs/trust/decide.ts";
import { changeWords, pathText } from "./grant-rows.ts";

const standings = {
  granted: "granted",
  asked: "can be granted",
  never: "never given, whoever asks",
} as const;

/** Everything that files ask for, in full, for people who read before they grant. */
export function grantsText(
  {
    file,
    manifest,
    asked,
  }: { readonly file: string; readonly manifest: string; readonly asked: readonly AskedEntry[] },
  { changes, gone }: ChangedWishes,
): string {
  const lines = [
    `What ${file} and its configuration ask for beyond what any run gets`,
    `Plan ${manifest.slice(0, 16)}. A grant is for exactly this content of each file, at its place.`,
    "",
  ];
  for (const entry of asked) {
    const change = changeWords(changes.get(entry.id));
    lines.push(
      `${entry.file}, line ${entry.line}: ${entry.words}`,
      `    ${standings[entry.state]}${change === undefined ? "" : `; ${change}`}`,
      `    ${pathText(entry)}: ${JSON.stringify(entry.value)}`,
      "",
    );
  }
  if (gone.length > 0)
    lines.push("Granted before, asked for no more:", ...gone.map((words) => `    ${words}`), "");
  return lines.join("\n");
}
