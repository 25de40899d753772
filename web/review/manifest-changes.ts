import { jsonPreview } from "#common/json-text.ts";
import type { ManifestEntry } from "#protocol/reports/manifest-report.ts";
import type { ReviewedFile } from "#protocol/reports/review-report.ts";
import { button, element } from "../screen/element.ts";
import type { ShowPlace } from "../sources/show-place.ts";

/** What a procedure may touch now and could not before, and the other way round. */
export function manifestChanges(file: ReviewedFile, showPlace: ShowPlace): HTMLElement | undefined {
  const rows = [
    ...file.added.map((entry) => row("added", entry, undefined, showPlace)),
    ...file.changed.map(({ before, after }) => row("changed", after, before, showPlace)),
    ...file.removed.map((entry) => row("removed", entry, undefined, showPlace)),
  ];
  if (rows.length === 0) return undefined;
  const columns = ["Change", "Capability", "Target", "Trust", "For", "In words", "Where"];
  return element(
    "div",
    { class: "scrolled", role: "region", label: `Manifest of ${file.file}`, tabIndex: 0 },
    element(
      "table",
      { class: "manifest" },
      element("caption", {}, "What it may touch"),
      element(
        "thead",
        {},
        element("tr", {}, ...columns.map((text) => element("th", { scope: "col" }, text))),
      ),
      element("tbody", {}, ...rows),
    ),
  );
}

type Change = "added" | "removed" | "changed";

function row(
  change: Change,
  entry: ManifestEntry,
  before: ManifestEntry | undefined,
  showPlace: ShowPlace,
): HTMLElement {
  const { origin } = entry;
  const side = change === "removed" ? "before" : "after";
  return element(
    "tr",
    { class: change },
    element("th", { scope: "row" }, change),
    element("td", {}, entry.capability),
    element("td", { class: "code" }, was(targetText(entry), before && targetText(before))),
    element("td", {}, was(entry.trust, before?.trust)),
    element("td", { class: "long" }, was(entry.agent ?? "", before?.agent)),
    element("td", { class: "long" }, was(entry.detail, before?.detail)),
    element(
      "td",
      { class: "long" },
      button({ class: "place" }, () => showPlace(origin, side), `${origin.file}:${origin.line}`),
    ),
  );
}

function targetText({ target, value }: ManifestEntry): string {
  return value === undefined ? target : `${target} = ${jsonPreview(value, 200)}`;
}

/** What it is, and what it was where that is something else. */
function was(now: string, before: string | undefined): string {
  return before === undefined || before === now ? now : `${now} (was ${before})`;
}
