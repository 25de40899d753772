import { readdirSync } from "node:fs";
import path from "node:path";
import type { Fault } from "./fault.ts";

/** All faults, in the order of the files in `cases/`. */
export async function loadFaults(): Promise<readonly Fault[]> {
  const folder = path.join(import.meta.dirname, "cases");
  const files = readdirSync(folder).sort();
  const loaded: { readonly faults: readonly Fault[] }[] = await Promise.all(
    files.map((file) => import(path.join(folder, file))),
  );
  return loaded.flatMap(({ faults }) => faults);
}
