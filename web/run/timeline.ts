import { durationText } from "#common/duration-text.ts";
import { appearanceOf } from "#runs/tree/node-appearance.ts";
import { placeOf, type RunNode } from "#runs/tree/run-node.ts";
import { button, element } from "../screen/element.ts";
import type { ShowPlace } from "../sources/show-place.ts";
import { lookOf } from "./node-look.ts";
import { type Span, spansOf } from "./spans.ts";

/** More rows than this make no picture. The tree has them all. */
const mostRows = 400;

/** When what happened: a table for readers, with a bar in each row for the eyes. */
export function timeline(root: RunNode, showPlace: ShowPlace): HTMLElement {
  const spans = spansOf(root);
  const shown = spans.slice(0, mostRows);
  if (shown.length === 0) return element("p", {}, "Nothing that takes time has happened yet.");
  const end = Math.max(1, ...spans.map(({ start, duration }) => start + (duration ?? 0)));
  return element(
    "div",
    { class: "scrolled", role: "region", label: "Rows of the timeline", tabIndex: 0 },
    element(
      "table",
      { class: "timeline" },
      heading(["What", "Where", "After", "Took", "Time from the start to the end"]),
      element("tbody", {}, ...shown.map((span) => row(span, end, showPlace))),
    ),
    spans.length > shown.length ? `${spans.length - shown.length} more are in the tree below.` : undefined,
  );
}

function heading(texts: readonly string[]): HTMLElement {
  return element(
    "thead",
    {},
    element("tr", {}, ...texts.map((text) => element("th", { scope: "col" }, text))),
  );
}

function row({ node, depth, start, duration }: Span, end: number, showPlace: ShowPlace): HTMLElement {
  const { label } = appearanceOf(node, new Date());
  const { tone, mark } = lookOf(node.content);
  const place = placeOf(node);
  const what = element(
    "th",
    { scope: "row" },
    element("span", { class: `mark ${tone}`, hiddenFromReaders: true }, mark),
    label,
  );
  what.style.paddingInlineStart = `${0.4 + Math.min(depth, 8)}em`;
  return element(
    "tr",
    {},
    what,
    element("td", {}, place && button({ class: "place" }, () => showPlace(place), placeText(place))),
    element("td", { class: "number" }, durationText(start)),
    element("td", { class: "number" }, duration === undefined ? "not finished" : durationText(duration)),
    element("td", { class: "track", hiddenFromReaders: true }, bar(start / end, (duration ?? 0) / end, tone)),
  );
}

function bar(from: number, width: number, tone: string): HTMLElement {
  const made = element("span", { class: `bar ${tone}` });
  made.style.marginInlineStart = `${Math.min(from, 1) * 100}%`;
  made.style.inlineSize = `${Math.min(width, 1 - Math.min(from, 1)) * 100}%`;
  return made;
}

/** A place as it is written in a line: `desk.tac:12`. */
export function placeText({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${file}:${line}`;
}
