import { type TokenBuffer, TokenKind, tokenEnd } from "#language/syntax/tokens.ts";

/** A comment in a gap between two tokens. */
export interface GapComment {
  readonly start: number;
  /** Without the white space at the end of a line comment. */
  readonly end: number;
  /** Line breaks between it and what stands before it, at most 2. */
  readonly breaksBefore: number;
  /** Nothing stands between it and the token or comment before it. */
  readonly isBeside: boolean;
  /** It reaches to the end of its line. */
  readonly isLine: boolean;
}

export interface Gap {
  readonly comments: readonly GapComment[];
  /** Line breaks behind the last comment, at most 2. */
  readonly breaksAfter: number;
}

const noComments: readonly GapComment[] = [];

/** What stands between two tokens; tokens that are not printed count as nothing. */
export function readGap(tokens: TokenBuffer, previous: number, next: number): Gap {
  let comments: GapComment[] | undefined;
  let breaks = 0;
  for (let token = previous + 1; token < next; token++) {
    const kind = tokens.kinds[token];
    const start = tokens.starts[token] ?? 0;
    const end = tokenEnd(tokens, token);
    if (kind === TokenKind.whiteSpace) breaks = Math.min(2, breaks + countBreaks(tokens.text, start, end));
    else if (isComment(kind)) {
      comments ??= [];
      const isLine = kind !== TokenKind.blockComment;
      const trimmed = isLine ? trimmedEnd(tokens.text, start, end) : end;
      const isBeside = tokens.kinds[token - 1] !== TokenKind.whiteSpace;
      comments.push({ start, end: trimmed, breaksBefore: breaks, isBeside, isLine });
      breaks = 0;
    }
  }
  return { comments: comments ?? noComments, breaksAfter: breaks };
}

/** Whether a comment can't stand amid a line: it ends its line, begins one, or has several. */
export function commentForcesBreak(tokens: TokenBuffer, comment: number): boolean {
  if (tokens.kinds[comment] !== TokenKind.blockComment) return true;
  const start = tokens.starts[comment] ?? 0;
  const before =
    tokens.kinds[comment - 1] === TokenKind.whiteSpace ? (tokens.starts[comment - 1] ?? 0) : start;
  return countBreaks(tokens.text, before, tokenEnd(tokens, comment)) > 0;
}

/** How many lines end between two offsets; stops at 2, more are never asked for. */
export function countBreaks(text: string, start: number, end: number): number {
  let breaks = 0;
  for (let offset = start; offset < end && breaks < 2; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 13 && text.charCodeAt(offset + 1) === 10) offset++;
    if (code === 10 || code === 13) breaks++;
  }
  return breaks;
}

function isComment(kind: number | undefined): boolean {
  return kind === TokenKind.lineComment || kind === TokenKind.blockComment || kind === TokenKind.shebang;
}

function trimmedEnd(text: string, start: number, end: number): number {
  let trimmed = end;
  while (trimmed > start && " \t\v\f".includes(text.charAt(trimmed - 1))) trimmed--;
  return trimmed;
}
