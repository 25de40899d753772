import { expect, test } from "vitest";
import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { LineIndex } from "#language/syntax/line-index.ts";
import { type PositionEncoding, Positions } from "../positions.ts";
import { appliedChanges } from "./applied-changes.ts";

function apply(
  text: string,
  changes: readonly TextDocumentContentChangeEvent[],
  encoding: PositionEncoding = "utf-16",
): string {
  return appliedChanges(text, changes, (before) => new Positions(before, new LineIndex(before), encoding));
}

function change(
  start: [number, number],
  end: [number, number],
  text: string,
): TextDocumentContentChangeEvent {
  return {
    range: {
      start: { line: start[0], character: start[1] },
      end: { line: end[0], character: end[1] },
    },
    text,
  };
}

test.for<[PositionEncoding, number, number]>([
  ["utf-16", 3, 5],
  ["utf-8", 6, 10],
  ["utf-32", 3, 4],
])("columns count as %s says", ([encoding, start, end]) => {
  expect(apply("x\nä€b😀y", [change([1, start], [1, end], "-")], encoding)).toBe("x\nä€b-y");
});

test("what is behind the end of a line is its end, what is behind the last line the end of the text", () => {
  expect(apply("ab\r\ncd", [change([0, 99], [0, 99], "!")])).toBe("ab!\r\ncd");
  expect(apply("ab\r\ncd", [change([7, 0], [9, 9], "!")])).toBe("ab\r\ncd!");
});

test("a change that joins lines counts for those behind it", () => {
  expect(apply("a\nb\nc", [change([0, 1], [1, 0], ""), change([0, 2], [1, 0], "")])).toBe("abc");
});

const pieces = ["a", "b", " ", "\n", "\r\n", "\r", "ä", "€", "😀"];

test("as the reference implementation of the protocol does, in any order of changes", () => {
  const random = numbers(4);
  for (let round = 0; round < 400; round++) {
    const text = Array.from({ length: random(40) }, () => pieces[random(pieces.length)]).join("");
    const changes = Array.from({ length: 1 + random(6) }, () => {
      const [one, other] = [position(random), position(random)].sort(
        (a, b) => a[0] - b[0] || a[1] - b[1],
      ) as [[number, number], [number, number]];
      return change(
        one,
        other,
        Array.from({ length: random(4) }, () => pieces[random(pieces.length)]).join(""),
      );
    });
    if (random(2) === 0) changes.sort((a, b) => lineOf(b) - lineOf(a));
    expect(apply(text, changes), JSON.stringify({ text, changes })).toBe(changes.reduce(reference, text));
  }
});

/** A document of its own for each change: the reference may lose count of lines when it keeps one. */
function reference(text: string, change: TextDocumentContentChangeEvent): string {
  return TextDocument.update(TextDocument.create("file:///a.tac", "tactus", 1, text), [change], 2).getText();
}

function position(random: (limit: number) => number): [number, number] {
  return [random(9), random(9)];
}

function lineOf(change: TextDocumentContentChangeEvent): number {
  return "range" in change ? change.range.start.line : 0;
}

/** Whole numbers below a limit, the same in every run. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * limit);
  };
}
