import type { Attack } from "./attack.ts";

/** An attack that needs more than a world: its test holds both attempts, and the table names it. */
export interface AttackElsewhere extends Pick<Attack, "id" | "threat" | "title"> {
  readonly place: string;
  /** The test file, which has the id in its text. */
  readonly shownBy: string;
}

export const shownElsewhere: readonly AttackElsewhere[] = [
  {
    id: "editor-workbench-trust-mark",
    threat: "T1",
    title: "offers a choice whose row shows a mark of trust",
    place: "real VS Code",
    shownBy: "test/editor/attacked-screen.test.ts",
  },
  {
    id: "editor-workbench-command-link",
    threat: "T2",
    title: "fails with a link that runs a command when it is clicked in the notification",
    place: "real VS Code",
    shownBy: "test/editor/attacked-screen.test.ts",
  },
];
