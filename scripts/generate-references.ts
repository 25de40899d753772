import { mkdir, writeFile } from "node:fs/promises";
import { diagnosticsPage } from "#language/diagnostics/diagnostics-page.ts";
import { configJsonSchema } from "#language/sidecar/json-schema.ts";

/** Writes what is derived from the code for people and for other programs. Run it after changing either source. */
await mkdir("schemas", { recursive: true });
for (const kind of ["config", "sidecar"] as const)
  await writeFile(`schemas/${kind}.schema.json`, `${JSON.stringify(configJsonSchema(kind), undefined, 2)}\n`);
await writeFile("docs/diagnostics.md", diagnosticsPage());
