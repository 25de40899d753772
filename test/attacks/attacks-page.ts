import type { Attack } from "./attack.ts";
import { shownElsewhere } from "./shown-elsewhere.ts";

/** `docs/attacks.md`, made of the attacks themselves; `node test/attacks/write-page.ts` writes it. */
export function attacksPage(attacks: readonly Attack[]): string {
  const areas = Map.groupBy(attacks, ({ id }) => id.split("-")[0] ?? "");
  const count = attacks.length + shownElsewhere.length;
  return [
    "# Attacks",
    "",
    `${count} things that a stranger may try. \`npm run attack\` tries each against the product in every place that is named`,
    "here, and once against a variant of the product that is built without the control: there it must succeed. What counts is",
    "what is seen from outside. The suite `attacks` does the same; no attack of this page succeeds against the product.",
    ...[...areas].flatMap(([area, ofArea]) => ["", `## ${area}`, "", ...table(ofArea)]),
    "",
    "## In the real editor",
    "",
    "| attack | threat | what is tried | where | shown by |",
    "|---|---|---|---|---|",
    ...shownElsewhere.map(
      ({ id, threat, title, place, shownBy }) =>
        `| \`${id}\` | ${threat} | ${cell(title)} | ${place} | \`${shownBy}\` |`,
    ),
    "",
  ].join("\n");
}

function table(attacks: readonly Attack[]): string[] {
  return [
    "| attack | threat | what is tried | success would be | where | held by |",
    "|---|---|---|---|---|---|",
    ...attacks.map(
      ({ id, threat, title, success, places, control }) =>
        `| \`${id}\` | ${threat} | ${cell(title)} | ${cell(success)} | ${places.join(", ")} | \`${control.id}\` |`,
    ),
  ];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
