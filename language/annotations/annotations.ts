import type {
  AnnotatedAlias,
  AnnotatedClass,
  AnnotatedGeneric,
  AnnotatedParameter,
  AnnotatedReturn,
  AnnotationsDraft,
} from "#language/annotations/annotated-parts.ts";
import type { AnnotatedFunction, AnnotatedType } from "#language/annotations/annotated-type.ts";
import { readTag } from "#language/annotations/read-tag.ts";
import type { AnnotationProblem } from "#language/annotations/type-reader.ts";

/** What the comment before a declaration says of it, in LuaCATS notation (`---@param name string`). */
export interface Annotations {
  /** What is no annotation: text for people, in Markdown. Empty when there is none. */
  readonly text: string;
  readonly parameters: readonly AnnotatedParameter[];
  readonly returns: readonly AnnotatedReturn[];
  /** `---@type T`. */
  readonly type?: AnnotatedType;
  readonly classes: readonly AnnotatedClass[];
  readonly aliases: readonly AnnotatedAlias[];
  /** `---@generic T: Base`. */
  readonly generics: readonly AnnotatedGeneric[];
  /** `---@overload fun(…)`. */
  readonly overloads: readonly AnnotatedFunction[];
  /** What to do instead, or an empty text, for `---@deprecated`. */
  readonly deprecated?: string;
  readonly problems: readonly AnnotationProblem[];
}

/** A comment line with its dashes, and where it starts: all spans that come out are in that frame. */
interface CommentLine {
  readonly text: string;
  readonly start: number;
}

const dashes = /^-+/;
const tag = /^---\s*@([A-Za-z_][\w-]*)/;
const continuation = /^---\s*\|[>+]?/;

/** A line that only draws something. */
const rule = /^[\s\-=*#_~]*$/;

/**
 * Reads the comment lines before a declaration. Unknown annotations are left out; damaged ones give problems, and what
 * could be read of them counts. Never throws.
 */
export function parseAnnotations(lines: readonly CommentLine[]): Annotations {
  const draft: AnnotationsDraft = {
    text: [],
    parameters: [],
    returns: [],
    classes: [],
    aliases: [],
    generics: [],
    overloads: [],
    problems: [],
  };
  for (const line of lines) readLine(line, draft);
  const { text, extend: _, ...rest } = draft;
  return { ...rest, text: text.join("\n").trim() };
}

function readLine({ text, start }: CommentLine, draft: AnnotationsDraft): void {
  const annotation = tag.exec(text);
  if (annotation) {
    readTag({ name: annotation[1] ?? "", text, base: start, at: annotation[0].length }, draft);
    return;
  }
  const more = continuation.exec(text);
  if (more && draft.extend) {
    readTag({ name: "|", text, base: start, at: more[0].length }, draft);
    return;
  }
  const shown = text.replace(dashes, "").replace(/^ /, "").trimEnd();
  if (shown === "" ? draft.text.length > 0 : !rule.test(shown)) draft.text.push(shown);
}
