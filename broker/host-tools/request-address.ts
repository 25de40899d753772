import { fail, ok, type Result } from "#common/result.ts";
import { filledText, TemplateProblem, type TemplateValues } from "./filled-template.ts";

/** The address of a request: its template filled, and the query that is declared beside it. */
export function filledAddress(
  { url: template, query = {} }: { readonly url: string; readonly query?: Readonly<Record<string, string>> },
  values: TemplateValues,
): Result<URL, string> {
  const text = filledText(template, values, encodedPart);
  if (text === undefined) return fail("was not called: its address needs an argument that was not given.");
  const url = new URL(text);
  const declared = new URL(template);
  if (url.origin !== declared.origin || depthOf(url) !== depthOf(declared))
    return fail("was not called: its arguments would change which address it means.");
  for (const [name, value] of Object.entries(query)) {
    const filled = filledText(value, values);
    if (filled !== undefined) url.searchParams.append(name, filled);
  }
  return ok(url);
}

/** One part of a path or one value of a query, whatever it holds: no separator of it counts. */
function encodedPart(text: string, name: string): string {
  if (text === "") throw new TemplateProblem(`was not called: its argument '${name}' is empty.`);
  if (text.split(/[/\\]/).some((step) => step === "." || step === ".."))
    throw new TemplateProblem(`was not called: its argument '${name}' would lead to another path.`);
  if (!text.isWellFormed())
    throw new TemplateProblem(`was not called: its argument '${name}' is no valid text.`);
  return encodeURIComponent(text);
}

/** Steps of the path: a `..` that several values made together shows here. */
function depthOf({ pathname }: URL): number {
  return pathname.split("/").length;
}
