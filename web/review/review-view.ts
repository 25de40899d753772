import type { ReviewedFile, ReviewReport, ReviewRisk } from "#protocol/reports/review-report.ts";
import { element, section } from "../screen/element.ts";
import { facts } from "../screen/facts.ts";
import type { ShowPlace } from "../sources/show-place.ts";
import { fileReview } from "./file-review.ts";

const verdicts: Readonly<Record<ReviewRisk, string>> = {
  none: "No risk found",
  low: "Low risk",
  high: "High risk",
};

const tones: Readonly<Record<ReviewRisk, string>> = { none: "good", low: "warned", high: "bad" };

/** A change on the page: what it comes to and why, then file by file what it means. */
export function reviewSections(report: ReviewReport, showPlace: ShowPlace): readonly HTMLElement[] {
  const trusted = report.files.filter((file) => file.trusted);
  const procedures = report.files.filter((file) => !file.trusted && file.kind === "procedure");
  const others = report.files.filter((file) => !file.trusted && file.kind !== "procedure");
  const groups: ReadonlyArray<readonly [id: string, heading: string, files: readonly ReviewedFile[]]> = [
    ["trusted", "Files that runs and programs trust", trusted],
    ["procedures", "Procedures", procedures],
    ["others", "Other files", others],
  ];
  return [
    section("summary", "Summary", ...verdict(report)),
    ...groups
      .filter(([, , files]) => files.length > 0)
      .map(([id, heading, files]) =>
        section(id, heading, ...files.map((file) => fileReview(file, showPlace))),
      ),
  ];
}

function verdict({ base, head, files, risk, reasons }: ReviewReport): HTMLElement[] {
  const because = reasons.map((reason) => element("li", {}, reason));
  return [
    element("p", { class: `verdict ${tones[risk]}` }, verdicts[risk]),
    because.length > 0
      ? element("ul", { label: "Why" }, ...because)
      : element("p", {}, "Nothing in it widens what a run may touch."),
    facts([
      ["Base", base],
      ["Head", head],
      ["Changed files", String(files.length)],
      ["Trusted files touched", String(files.filter(({ trusted }) => trusted).length)],
      ["New findings", String(files.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0))],
    ]),
  ];
}
