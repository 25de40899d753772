import type { ModuleEntry } from "./entries.ts";
import { ioModules } from "./modules/io.ts";
import { markupModule } from "./modules/markup.ts";
import { modelModules } from "./modules/models.ts";
import { retrievalModules } from "./modules/retrieval.ts";
import { textModules } from "./modules/text.ts";
import { toolModules } from "./modules/tools.ts";
import { transcriptModule } from "./modules/transcripts.ts";
import { webModule } from "./modules/web.ts";

/** Modules of the standard library, for `require` (language.md §1.7, part B §4). */
export const standardModules: readonly ModuleEntry[] = [
  ...toolModules,
  ...textModules,
  ...modelModules,
  ...retrievalModules,
  webModule,
  transcriptModule,
  markupModule,
  ...ioModules,
];
