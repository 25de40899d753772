/** Where the line of an offset begins. */
export function lineStartAt(text: string, offset: number): number {
  // A search from before the start would look at the first letter.
  return offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}
