/** `main..feature`; of three dots the same is meant, since a review begins where the two part. */
export function parsedRange(text: string): { readonly base: string; readonly head: string } | undefined {
  const [, base = "", head = ""] = /^\s*(\S+?)\.{2,3}([^\s.]\S*)\s*$/.exec(text) ?? [];
  return base === "" || head === "" ? undefined : { base, head };
}
