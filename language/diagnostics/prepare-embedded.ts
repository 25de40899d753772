import { loadSpecificationParser } from "#language/semantics/specification-parser.ts";

/**
 * Loads what checking the languages inside of `.tac` files takes: the parser of specifications. Before that they count
 * as plain text; findings of files that have some are to be found again afterwards.
 */
export async function prepareEmbedded(): Promise<void> {
  await loadSpecificationParser();
}
