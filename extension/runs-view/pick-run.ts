import { chooseOne } from "../screen/quick-inputs.ts";
import type { ListedRun } from "./run-collection.ts";

/** From the palette there is no row: the only run that fits is meant, else the person picks. */
export async function pickRun(fitting: readonly ListedRun[]): Promise<ListedRun | undefined> {
  if (fitting.length <= 1) return fitting[0];
  const items = fitting.map((run) => {
    const { file, state, started } = run.tree.root.content;
    return { label: file ?? run.tree.root.id, description: `${state} ${started ?? ""}`, value: run };
  });
  return chooseOne("Which run?", items);
}
