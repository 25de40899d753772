import { oneLine } from "#common/visible-text.ts";
import type { HumanQuestion } from "./human-question.ts";

/**
 * Who asks, in words that the procedure can't choose: the file that was started comes first, and a call on the host
 * that needs leave is named as what it is. A place in another file is what the sandbox says, and stands behind that.
 */
export function askerText({ at, hostTool }: HumanQuestion, file: string): string {
  const who = oneLine(file, 80);
  if (hostTool !== undefined)
    return `Host tool ${oneLine(hostTool, 60)}, called by ${who}${placeIn(at, file)}:`;
  if (at?.file === file) return `${who}, line ${at.line}, asks:`;
  return `${who} asks${placeIn(at, file)}:`;
}

function placeIn(at: HumanQuestion["at"], file: string): string {
  if (!at) return "";
  return at.file === file ? ` (line ${at.line})` : ` (from ${oneLine(at.file, 80)}, line ${at.line})`;
}
