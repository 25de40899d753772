import type { StepPart } from "#language/embedded/gherkin/step-pattern.ts";

/** A regular expression as people would fill it in: groups and wildcards become holes, the rest is text. */
export function customStepParts(pattern: string): StepPart[] {
  const parts: StepPart[] = [];
  let holes = 0;
  let text = "";
  const piece =
    /\((?:[^()\\]|\\.)*\)[*+?]*|\[(?:[^\]\\]|\\.)*\][*+?]*|\\[dwsDWS][*+?]*|\.[*+?]*|\\(.)|([\s\S])/gu;
  for (const [source, escaped, plain] of pattern.replace(/^\^|\$$/g, "").matchAll(piece)) {
    if (escaped !== undefined || plain !== undefined) {
      text += escaped ?? plain;
      continue;
    }
    if (text !== "") parts.push({ kind: "text", text, isOptional: false });
    text = "";
    const name = /^\(\?P?<(\w+)>/.exec(source)?.[1] ?? `text${++holes}`;
    parts.push({ kind: "hole", parameter: { name, kind: "text", doc: "" }, fits: ".+" });
  }
  if (text !== "") parts.push({ kind: "text", text, isOptional: false });
  return parts;
}
