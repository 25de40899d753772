import type { ReviewedFile, ReviewRisk } from "#protocol/reports/review-report.ts";
import type { TriedCapability } from "#protocol/reports/tried-report.ts";
import type { RowIcon, RowLook } from "../screen/tree-rows.ts";
import { type ReviewGroup, type ReviewNode, riskOf } from "./review-node.ts";

/** The texts and the icon of a row; the texts hold what the change says, so they are foreign. */
export type ReviewRow = Pick<RowLook, "id" | "label" | "description" | "tooltip" | "spoken" | "icon">;

/** How a row of a review looks. */
export function rowOf(node: ReviewNode): ReviewRow {
  switch (node.kind) {
    case "summary":
      return summaryRow(node.report.risk, node.report.reasons);
    case "reason":
      return plainRow(`reason/${node.index}`, node.text, "", { name: "arrow-small-right" });
    case "group":
      return plainRow(
        `group/${node.group}`,
        groupLabels[node.group],
        `${node.count}`,
        groupIcons[node.group],
      );
    case "file":
      return fileRow(node.group, node.file);
    case "meaning":
      return meaningRow(node);
    case "finding":
      return findingRow(node);
    case "trial":
      return trialRow(node.trial);
    case "tried":
      return triedRow(node);
  }
}

const riskWords: Readonly<Record<ReviewRisk, string>> = {
  none: "No risk found",
  low: "Low risk",
  high: "High risk",
};

const riskIcons: Readonly<Record<ReviewRisk, RowIcon>> = {
  none: { name: "pass", color: "testing.iconPassed" },
  low: { name: "info", color: "list.warningForeground" },
  high: { name: "warning", color: "list.errorForeground" },
};

const groupLabels: Readonly<Record<ReviewGroup, string>> = {
  trusted: "Trusted files touched",
  meaning: "What the change means",
  problems: "New problems",
  other: "Other files",
  trials: "Trial runs",
};

const groupIcons: Readonly<Record<ReviewGroup, RowIcon>> = {
  trusted: { name: "shield" },
  meaning: { name: "diff" },
  problems: { name: "error" },
  other: { name: "files" },
  trials: { name: "beaker" },
};

function summaryRow(risk: ReviewRisk, reasons: readonly string[]): ReviewRow {
  const count = reasons.length === 1 ? "1 reason" : `${reasons.length} reasons`;
  const row = plainRow("summary", riskWords[risk], reasons.length === 0 ? "" : count, riskIcons[risk]);
  return { ...row, tooltip: [riskWords[risk], ...reasons].join("\n") };
}

const statusLetters: Readonly<Record<ReviewedFile["status"], string>> = {
  added: "A",
  modified: "M",
  deleted: "D",
  renamed: "R",
};

/** Of files without a risk; `file` itself would have VS Code look for the icon of a name that it is not told. */
const statusIcons: Readonly<Record<ReviewedFile["status"], string>> = {
  added: "diff-added",
  modified: "diff-modified",
  deleted: "diff-removed",
  renamed: "diff-renamed",
};

function fileRow(group: ReviewGroup, file: ReviewedFile): ReviewRow {
  const risk = riskOf(file);
  const [folder, name] = split(file.file);
  const from = file.from === undefined ? "" : `was ${file.from}`;
  const description = [statusLetters[file.status], folder, from].filter(Boolean).join("  ");
  const riskWord = risk === "none" ? "" : riskWords[risk];
  return {
    id: `file/${group}/${file.file}`,
    label: name,
    description,
    tooltip: [file.file, `${file.status}${from && `, ${from}`}`, riskWord].filter(Boolean).join("\n"),
    spoken: [name, file.status, folder && `in ${folder}`, riskWord].filter(Boolean).join(", "),
    icon: risk === "none" ? { name: statusIcons[file.status] } : riskIcons[risk],
  };
}

function meaningRow({ file, index, meaning }: Extract<ReviewNode, { kind: "meaning" }>): ReviewRow {
  const { risk, message, subject, topic, head, base } = meaning;
  const place = head ?? base;
  const at = place ? `line ${place.line}` : "";
  const label = subject === undefined ? message : `${subject}: ${message}`;
  return {
    id: `meaning/${file.file}/${index}`,
    label,
    description: at,
    tooltip: [label, topic, riskWords[risk]].join("\n"),
    spoken: [label, riskWords[risk], at].filter(Boolean).join(", "),
    icon: riskIcons[risk],
  };
}

function findingRow({ file, index, finding }: Extract<ReviewNode, { kind: "finding" }>): ReviewRow {
  const line = `line ${finding.range.start.line + 1}`;
  return {
    id: `finding/${file.file}/${index}`,
    label: finding.message,
    description: `${line} · ${finding.code}`,
    tooltip: `${finding.message}\n${finding.code}`,
    spoken: `${finding.severity}: ${finding.message}, ${line}`,
    icon: { name: finding.severity === "error" ? "error" : "warning" },
  };
}

function trialRow({
  run,
  side,
  file,
  status,
  report,
}: Extract<ReviewNode, { kind: "trial" }>["trial"]): ReviewRow {
  const undeclared = report.tried.filter(({ declared }) => !declared).length;
  const denied = report.tried.filter(({ outcome }) => outcome === "denied").length;
  const facts = [
    side,
    status,
    denied > 0 ? `${denied} denied` : "",
    undeclared > 0 ? `${undeclared} not declared` : "",
  ].filter(Boolean);
  const icon = denied + undeclared > 0 ? riskIcons.high : { name: "beaker" };
  return plainRow(`trial/${run}`, file, facts.join(" · "), icon);
}

const outcomeIcons: Readonly<Record<TriedCapability["outcome"], RowIcon>> = {
  done: { name: "check" },
  denied: { name: "circle-slash", color: "list.errorForeground" },
  failed: { name: "close", color: "list.warningForeground" },
};

function triedRow({ trial, index }: Extract<ReviewNode, { kind: "tried" }>): ReviewRow {
  const id = `tried/${trial.run}/${index}`;
  const tried = trial.report.tried[index];
  if (!tried) return plainRow(id, "", "", { name: "blank" });
  const { capability, target, outcome, count, declared, reason } = tried;
  const times = count === 1 ? "" : `${count} times`;
  const listed = declared ? `declared at ${declared.origin.file}:${declared.origin.line}` : "not declared";
  const description = [outcome, times, listed].filter(Boolean).join(" · ");
  const row = plainRow(id, `${capability} ${target}`, description, outcomeIcons[outcome]);
  return { ...row, tooltip: [row.tooltip, reason, declared?.detail].filter(Boolean).join("\n") };
}

function plainRow(id: string, label: string, description: string, icon: RowIcon): ReviewRow {
  const all = [label, description].filter(Boolean);
  return { id, label, description, tooltip: all.join("\n"), spoken: all.join(", "), icon };
}

function split(file: string): readonly [string, string] {
  const cut = file.lastIndexOf("/");
  return [file.slice(0, Math.max(0, cut)), file.slice(cut + 1)];
}
