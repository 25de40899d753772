import type { Meaning, ReviewedFile, ReviewedKind } from "#protocol/reports/review-report.ts";
import { button, element } from "../screen/element.ts";
import type { ShowPlace } from "../sources/show-place.ts";
import { manifestChanges } from "./manifest-changes.ts";

const kinds: Readonly<Record<ReviewedKind, string>> = {
  procedure: "procedure",
  sidecar: "sidecar of a procedure",
  config: "configuration",
  plugin: "plugin",
  "mcp-server": "MCP server",
  obeyed: "obeyed by programs",
  other: "other file",
};

/** One file of a change: in words what it means, what its manifest gained and lost, what is newly wrong with it. */
export function fileReview(file: ReviewedFile, showPlace: ShowPlace): HTMLElement {
  const show = (line: number, side: "before" | "after"): void => showPlace({ file: file.file, line }, side);
  const renamed = file.from === undefined ? "" : `, was ${file.from}`;
  return element(
    "article",
    { label: file.file },
    element(
      "h3",
      {},
      button({ class: "place" }, () => show(1, file.status === "deleted" ? "before" : "after"), file.file),
      element("small", {}, ` ${file.status}${renamed} · ${kinds[file.kind]}`),
    ),
    meanings(file.meanings, show),
    manifestChanges(file, showPlace),
    findings(file, show),
  );
}

type Show = (line: number, side: "before" | "after") => void;

function meanings(found: readonly Meaning[], show: Show): HTMLElement | undefined {
  if (found.length === 0) return undefined;
  return element(
    "ul",
    { class: "meanings", label: "What it means" },
    ...found.map((one) => meaning(one, show)),
  );
}

function meaning({ risk, topic, subject, message, base, head }: Meaning, show: Show): HTMLElement {
  return element(
    "li",
    {},
    element("strong", { class: `risk ${risk}` }, risk === "none" ? topic : `${topic}, ${risk} risk`),
    " ",
    subject === undefined ? undefined : `${subject}: `,
    message,
    " ",
    base && button({ class: "place" }, () => show(base.line, "before"), `line ${base.line} before`),
    head && button({ class: "place" }, () => show(head.line, "after"), `line ${head.line}`),
  );
}

function findings({ diagnostics }: ReviewedFile, show: Show): HTMLElement | undefined {
  if (diagnostics.length === 0) return undefined;
  return element(
    "details",
    { open: diagnostics.length <= 5 },
    element("summary", {}, `New findings: ${diagnostics.length}`),
    element(
      "ul",
      {},
      ...diagnostics.map(({ severity, code, message, range }) =>
        element(
          "li",
          {},
          element("strong", { class: severity }, severity),
          ` ${message} (${code}) `,
          button(
            { class: "place" },
            () => show(range.start.line + 1, "after"),
            `line ${range.start.line + 1}`,
          ),
        ),
      ),
    ),
  );
}
