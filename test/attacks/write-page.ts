import { writeFileSync } from "node:fs";
import path from "node:path";
import { attacksPage } from "./attacks-page.ts";
import { repositoryRoot } from "./controls/mutated-sources.ts";
import { loadAttacks } from "./load-attacks.ts";

writeFileSync(path.join(repositoryRoot, "docs/attacks.md"), attacksPage(await loadAttacks()));
