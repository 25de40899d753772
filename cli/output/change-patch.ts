import { createTwoFilesPatch } from "diff";
import { visibleText } from "#common/visible-text.ts";
import type { ProposedChange } from "#runs/session/run-changes.ts";

/**
 * A change of a run as a patch, with lines before it that say what a person must know; where the folder's file
 * changed meanwhile, what changed there stands below it.
 */
export function changePatch(change: ProposedChange): string {
  const { path: file, kind, base, current, proposed, conflicting, secret } = change;
  if (secret) return notes(change) + patch(file, undefined, proposed, "what is there looks like a secret");
  // Without a copy of what the run began with there is only the folder to compare with.
  const isBaseUnknown = kind === "modified" && base === undefined;
  if (!conflicting || isBaseUnknown) return notes(change) + patch(file, current, proposed);
  return notes(change) + patch(file, base, proposed) + meanwhile(change);
}

function notes({ path: file, conflicting, risk }: ProposedChange): string {
  const lines = [
    ...(risk ? [`${file}: ${risk.message} It is applied only with --confirm.`] : []),
    ...(conflicting
      ? [`${file}: The file changed in the folder since the run began. It is applied only with --overwrite.`]
      : []),
  ];
  return lines.map((line) => `! ${visibleText(line)}\n`).join("");
}

function meanwhile({ path: file, base, current }: ProposedChange): string {
  if (current === undefined) return `! ${visibleText(file)}: It was deleted meanwhile.\n`;
  return `! ${visibleText(file)}: What changed in the folder meanwhile:\n${patch(file, base, current)}`;
}

function patch(
  file: string,
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
  note?: string,
): string {
  const [oldText, newText] = [textOf(before), textOf(after)];
  if (oldText === undefined || newText === undefined) return `${visibleText(file)}: binary\n`;
  const old = before === undefined ? "/dev/null" : `a/${file}`;
  return visibleText(createTwoFilesPatch(old, `b/${file}`, oldText, newText, note, undefined));
}

/** Empty for no file, undefined for what is no text. */
function textOf(bytes: Uint8Array | undefined): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes ?? new Uint8Array());
  } catch {
    // Binary files are named, not shown.
    return undefined;
  }
}
