/** How programs begin: a line that names an interpreter, ELF, Windows, the ways of macOS. */
const beginnings = ["2321", "7f454c46", "4d5a", "feedface", "feedfacf", "cefaedfe", "cffaedfe", "cafebabe"];

/** Whether a content is one that a system can start. */
export function looksLikeProgram(content: Uint8Array): boolean {
  const start = Buffer.from(content.subarray(0, 4)).toString("hex");
  return beginnings.some((beginning) => start.startsWith(beginning));
}

/** Whether somebody may start the file of this mode. */
export function isExecutable(mode: number): boolean {
  return (mode & 0o111) !== 0;
}
