import { mkdir, writeFile } from "node:fs/promises";
import { configJsonSchema } from "#language/sidecar/json-schema.ts";

/** Writes what is derived from the schemas in code for programs that read JSON Schema. Run it after changing them. */
await mkdir("schemas", { recursive: true });
await writeFile("schemas/config.schema.json", `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`);
