import { TokenKind, tokenEnd, tokenIndexAt } from "#language/syntax/tokens.ts";
import type { SourceTree, Span } from "#language/syntax/tree.ts";
import { isGherkin } from "./gherkin-sections.ts";

/**
 * In a specification, the quoted name at an offset with its other uses there: `the agent "clerk"`. Equal texts behind
 * another word (`the tool "clerk"`) name something else. Undefined when there is none, or no other.
 */
export function quotedNames({ text, tokens }: SourceTree, offset: number): readonly Span[] | undefined {
  const token = tokenIndexAt(tokens, offset);
  if (tokens.kinds[token] !== TokenKind.longString) return undefined;
  const start = tokens.starts[token] ?? 0;
  const content = text.slice(start, tokenEnd(tokens, token));
  if (!isGherkin(content.replace(/^\[=*\[/, ""))) return undefined;
  const uses = [...content.matchAll(/([a-z]+) "([A-Za-z_][\w.-]*)"/g)].map((match): Use => {
    const [all, word = "", name = ""] = match;
    const end = start + match.index + all.length - 1;
    return { kind: word, name, start: end - name.length, end };
  });
  const here = uses.find((use) => use.start <= offset && offset <= use.end);
  const linked = uses.filter(({ kind, name }) => kind === here?.kind && name === here?.name);
  return linked.length > 1 ? linked.map((use) => ({ start: use.start, end: use.end })) : undefined;
}

/** A quoted name behind the word that says what it names. */
interface Use extends Span {
  readonly kind: string;
  readonly name: string;
}
