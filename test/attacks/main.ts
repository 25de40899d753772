import { AttackSession } from "./attack-session.ts";
import { type Attempt, attemptsOf, loadAttacks } from "./load-attacks.ts";
import { shownElsewhere } from "./shown-elsewhere.ts";

/** `npm run attack [TEXT]`: tries every attack (whose id holds the text) and prints the table. Exit code 1 when one succeeded. */

interface Row {
  readonly held: string;
  readonly without: string;
  readonly fine: boolean;
}

const [wanted = ""] = process.argv.slice(2);
const attacks = (await loadAttacks()).filter(({ id }) => id.includes(wanted));
const attempts = attemptsOf(attacks);
const session = await AttackSession.open();
const outcomes = new Map<Attempt, string>();
for (const attempt of attempts) outcomes.set(attempt, await outcomeOf(attempt));
await session[Symbol.asyncDispose]();

process.stdout.write(
  "| attack | threat | what is tried | where | held | works without |\n|---|---|---|---|---|---|\n",
);
let failed = 0;
for (const { id, threat, title, places } of attacks) {
  const { held, without, fine } = rowOf(id);
  if (!fine) failed += 1;
  process.stdout.write(`| ${id} | ${threat} | ${title} | ${places.join(", ")} | ${held} | ${without} |\n`);
}
for (const { id, threat, title, place, shownBy } of shownElsewhere.filter(({ id }) => id.includes(wanted)))
  process.stdout.write(`| ${id} | ${threat} | ${title} | ${place} | see ${shownBy} | see there |\n`);
process.stdout.write(`\n${attacks.length} attacks tried, ${failed} did not end as they must\n`);
process.exitCode = failed > 0 ? 1 : 0;

/** `held`, `SUCCEEDED`, or why the attempt could not be made. */
async function outcomeOf(attempt: Attempt): Promise<string> {
  try {
    return (await session.attempt(attempt)).held ? "held" : "SUCCEEDED";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function rowOf(id: string): Row {
  const of = (control: Attempt["control"]): string[] =>
    attempts
      .filter((attempt) => attempt.attack.id === id && attempt.control === control)
      .map((attempt) => outcomes.get(attempt) ?? "");
  const [on, off] = [of("on"), of("off")];
  const fine = on.every((outcome) => outcome === "held") && off.every((outcome) => outcome === "SUCCEEDED");
  const held = on.every((outcome) => outcome === "held") ? "yes" : on.join(", ");
  return { held, without: off.every((outcome) => outcome === "SUCCEEDED") ? "yes" : off.join(", "), fine };
}
