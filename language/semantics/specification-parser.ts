import type { GherkinDocument } from "#language/embedded/gherkin/gherkin-document.ts";

type Parse = (text: string) => GherkinDocument;

let parse: Parse | undefined;

/** Loads the parser of specifications, which most files don't need; before that they count as plain text. */
export async function loadSpecificationParser(): Promise<void> {
  if (parse) return;
  parse = (await import("#language/embedded/gherkin/parse-gherkin.ts")).parseGherkin;
}

/** The document of a specification; undefined while the parser is not loaded. */
export function parsedSpecification(text: string): GherkinDocument | undefined {
  return parse?.(text);
}
