import { mkdir, writeFile } from "node:fs/promises";
import { diagnosticsPage } from "#language/diagnostics/diagnostics-page.ts";
import { configJsonSchema } from "#language/sidecar/json-schema.ts";

/** Writes what is derived from the code for people and for other programs. Run it after changing either source. */
await mkdir("schemas", { recursive: true });
await writeFile("schemas/config.schema.json", `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`);
await writeFile("docs/diagnostics.md", diagnosticsPage());
