import { TokenKind, tokenEnd } from "#language/syntax/tokens.ts";
import { commentForcesBreak } from "./gap.ts";
import { GapKind, type Group, type Layout, Separator } from "./layout.ts";

/** A run of tokens that may stand on one line. */
export interface LineStart {
  /** The token that starts at `column`. */
  readonly from: number;
  readonly column: number;
  /** The last token of the outermost statement: behind it the line ends. */
  readonly last: number;
  /** Up to here the tokens must fit; -1: to where the line is broken anyway. */
  readonly hugAt: number;
  /** Only the next part of this group must fit. */
  readonly part?: Group;
}

/** Whether what stands on the line from a token on fits, when no more lines are broken than must be. */
export function fits(layout: Layout, start: LineStart, lineWidth: number): boolean {
  const { from, column, last, hugAt, part } = start;
  const { tokens } = layout;
  let end = column;
  for (let token = from; token <= last; token++) {
    const kind = layout.kindOf(token);
    if (kind === TokenKind.whiteSpace || layout.dropped[token]) continue;
    const isComment = kind < TokenKind.name;
    if (isComment && commentForcesBreak(tokens, token)) return true;
    if (token !== from) {
      if (!isComment && (breaksBefore(layout, token) || startsPart(layout, token, part))) return true;
      end += isComment ? 1 : (layout.spaces[token] ?? 0);
    }
    const lineBreak = firstBreak(layout, token);
    end += (lineBreak < 0 ? tokenEnd(tokens, token) : lineBreak) - (tokens.starts[token] ?? 0);
    end += separatorWidth(layout, token);
    if (end > lineWidth) return false;
    if (lineBreak >= 0 || token === hugAt) return true;
  }
  return true;
}

/** Whether the line is broken before a token, as far as it is known; comments aside. */
export function breaksBefore(layout: Layout, token: number): boolean {
  const kind = layout.gaps[token];
  if (kind === GapKind.never) return false;
  const group = layout.groups[layout.owners[token] ?? 0];
  if (!group) return false;
  if (kind === GapKind.follow) return group.hasBreak;
  if (kind !== GapKind.kept) return group.isBroken;
  return layout.breaks[token] === 1 || (group.isBroken && !group.isFilled);
}

function startsPart(layout: Layout, token: number, part: Group | undefined): boolean {
  if (!part || layout.gaps[token] !== GapKind.kept) return false;
  return layout.groups[layout.owners[token] ?? 0] === part;
}

/** Whether the last field of a table, before `close`, has a comma behind it. */
export function hasTrailingComma(layout: Layout, close: number): boolean {
  const group: Group | undefined = layout.groups[layout.owners[close] ?? 0];
  return group?.isBroken === true;
}

function separatorWidth(layout: Layout, token: number): number {
  const separator = layout.separators[token];
  if (separator === Separator.none) return 0;
  if (separator !== Separator.trailingComma) return 1;
  return hasTrailingComma(layout, closeBehind(layout, token)) ? 1 : 0;
}

/** The brace behind the last field. */
export function closeBehind(layout: Layout, field: number): number {
  let token = layout.after(field);
  while (layout.dropped[token]) token = layout.after(token);
  return token;
}

/** Where the first line of a string or comment ends; -1 when it has only one. */
function firstBreak(layout: Layout, token: number): number {
  const kind = layout.kindOf(token);
  if (kind !== TokenKind.longString && kind !== TokenKind.shortString) return -1;
  const { text, starts } = layout.tokens;
  const end = tokenEnd(layout.tokens, token);
  for (let offset = starts[token] ?? 0; offset < end; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 10 || code === 13) return offset;
  }
  return -1;
}
