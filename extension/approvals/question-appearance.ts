import { momentText } from "#common/measures.ts";
import { bounded, oneLine } from "#common/visible-text.ts";
import type { HumanQuestion } from "#protocol/humans/human-question.ts";
import type { OpenQuestion } from "./inbox.ts";
import { fullText } from "./question-text.ts";

interface QuestionAppearance {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly spoken: string;
}

const kindNames: Readonly<Record<HumanQuestion["kind"], string>> = {
  approval: "approval",
  input: "text",
  review: "review",
  select: "choice",
  upload: "file",
  escalation: "escalation",
  inputs: "form",
  custom: "answer",
};

/** How an open question looks in a list: plain text, whatever the procedure wrote. */
export function questionAppearance(open: OpenQuestion, now: Date): QuestionAppearance {
  const { question, file, askedAt, waitingRun } = open;
  const place = question.at ? `${oneLine(question.at.file, 60)}:${question.at.line}` : oneLine(file, 60);
  const label = oneLine(question.message, 100) || "(no text)";
  const description = [
    kindNames[question.kind],
    place,
    momentText(askedAt.toISOString(), now),
    waitingRun && "run waits",
  ]
    .filter(Boolean)
    .join(" · ");
  return {
    label,
    description,
    tooltip: bounded(fullText(question, file), 4000),
    spoken: `Question, ${label}, ${description}`,
  };
}
