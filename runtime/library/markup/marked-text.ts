/** A marked place of a text. Positions count characters of the plain text, from 0; `index` counts from 1. */
export interface MarkedSpan {
  readonly index: number;
  readonly start_char: number;
  readonly end_char: number;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A piece of a text that is cut by markers. */
export type TextSlice = Omit<MarkedSpan, "attributes">;

/** Quotes may be escaped: marks that stand inside a quoted text keep their backslashes. */
const spanTag = /<span((?:\s+[\w-]+=\\?"[^"\\]*\\?")*)\s*>|<\/span>/g;
const sliceTag = /<slice\s*\/>/g;
const attribute = /([\w-]+)=\\?"([^"\\]*)\\?"/g;

/** The text without `<span>` marks. */
export function withoutSpans(marked: string): string {
  return marked.replace(spanTag, "");
}

/** The text without `<slice/>` marks. */
export function withoutSlices(marked: string): string {
  return marked.replace(sliceTag, "");
}

/** The places between `<span …>` and `</span>`, in the order of their beginnings; an end without a beginning is left out. */
export function spansOf(marked: string): readonly MarkedSpan[] {
  const open: { index: number; start: number; attributes: MarkedSpan["attributes"] }[] = [];
  const spans: MarkedSpan[] = [];
  let plain = "";
  let begun = 0;
  let from = 0;
  for (const match of marked.matchAll(spanTag)) {
    plain += marked.slice(from, match.index);
    from = match.index + match[0].length;
    if (match[0] !== "</span>") {
      open.push({ index: ++begun, start: plain.length, attributes: attributesOf(match[1] ?? "") });
      continue;
    }
    const { index, start, attributes } = open.pop() ?? {};
    if (index === undefined || start === undefined || !attributes) continue;
    spans.push({ index, ...placeOf(plain, start), attributes });
  }
  return spans.toSorted((one, other) => one.index - other.index);
}

/** The pieces between `<slice/>` marks. */
export function slicesOf(marked: string): readonly TextSlice[] {
  let plain = "";
  return marked.split(sliceTag).map((piece, number) => {
    const start = plain.length;
    plain += piece;
    return { index: number + 1, ...placeOf(plain, start) };
  });
}

/** Characters as people count them, not UTF-16 units. */
function placeOf(plain: string, start: number): Pick<MarkedSpan, "start_char" | "end_char" | "text"> {
  const text = plain.slice(start);
  const before = characters(plain.slice(0, start));
  return { start_char: before, end_char: before + characters(text), text };
}

function characters(text: string): number {
  return [...text].length;
}

function attributesOf(written: string): MarkedSpan["attributes"] {
  return Object.fromEntries(
    [...written.matchAll(attribute)].map(([, name = "", value = ""]) => [name, value]),
  );
}
