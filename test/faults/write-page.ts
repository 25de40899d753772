import { writeFileSync } from "node:fs";
import path from "node:path";
import { faultsPage } from "./faults-page.ts";
import { loadFaults } from "./load-faults.ts";

/** Writes `docs/faults.md` anew. */

writeFileSync(path.resolve(import.meta.dirname, "../../docs/faults.md"), faultsPage(await loadFaults()));
