import { loadSpecificationParser } from "#language/semantics/specification-parser.ts";

let isPrepared = false;

/**
 * Loads what checking the languages inside of `.tac` files takes: the parser of specifications. Before that they count
 * as plain text. True the first time: then files with specifications have to be checked again.
 */
export async function prepareEmbedded(): Promise<boolean> {
  if (isPrepared) return false;
  await loadSpecificationParser();
  isPrepared = true;
  return true;
}
