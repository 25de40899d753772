import { globSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Attack, AttackPlace } from "./attack.ts";

/** Every file below `cases/` exports `attacks`; there is no other list to keep. */
export async function loadAttacks(): Promise<readonly Attack[]> {
  const folder = path.join(import.meta.dirname, "cases");
  const files = globSync("*/*.ts", { cwd: folder }).toSorted();
  const modules = await Promise.all(
    files.map(
      (file): Promise<{ attacks: readonly Attack[] }> => import(pathToFileURL(path.join(folder, file)).href),
    ),
  );
  return modules.flatMap(({ attacks }) => attacks);
}

/** One attempt to make. */
export interface Attempt {
  readonly attack: Attack;
  readonly place: AttackPlace;
  /** Whether the product is as it is, or built without the attack's control. */
  readonly control: "on" | "off";
}

/** Each attack in each of its places, and once without its control. Ordered so that attempts on one variant follow each other. */
export function attemptsOf(attacks: readonly Attack[]): readonly Attempt[] {
  const on = attacks.flatMap((attack) =>
    attack.places.map((place): Attempt => ({ attack, place, control: "on" })),
  );
  const off = attacks
    .toSorted((one, other) => one.control.id.localeCompare(other.control.id))
    .map((attack): Attempt => ({ attack, place: attack.places[0], control: "off" }));
  return [...on, ...off];
}
