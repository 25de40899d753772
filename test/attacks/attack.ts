import type { Control } from "./controls/control.ts";
import type { World } from "./world/world.ts";

/** Where an attack is tried. `host`: against parts of the product that run outside of a sandbox; `editor`: against the extension. */
export type AttackPlace = "docker" | "embedded" | "host" | "editor";

/** The groups of cases: one folder of `cases/` each. */
export type AttackArea =
  | "vm"
  | "resource"
  | "fs"
  | "network"
  | "secrets"
  | "broker"
  | "editor"
  | "sidecar"
  | "config"
  | "docker";

/** The entry points of the threat model in docs/security.md. */
export type Threat = `T${number}`;

/** One thing that a stranger tries. */
export interface Attack {
  /** Kebab-case, begins with its area; unique. */
  readonly id: `${AttackArea}-${string}`;
  readonly threat: Threat;
  /** What is tried, in a few words. */
  readonly title: string;
  /** What would be seen from outside if it worked. */
  readonly success: string;
  /** What holds it, and how that is switched off to show that the attack works without. */
  readonly control: Control;
  /** It is tried in each; with the control off in the first. */
  readonly places: readonly [AttackPlace, ...AttackPlace[]];
  /** The very same attempt meets the product as it is and the product without the control. */
  attempt(world: World): Promise<Outcome>;
}

/** What was seen from outside: never what the attacking code says of itself. */
export interface Outcome {
  readonly held: boolean;
  readonly observed: string;
}

/** An outcome by its observable: the attack succeeded when the thing that must not be was seen. */
export function outcome(succeeded: boolean, observed: string): Outcome {
  return { held: !succeeded, observed };
}
