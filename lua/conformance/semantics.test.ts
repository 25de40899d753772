import { describe, expect, test } from "vitest";
import { allowedDifferences } from "./allowed-differences.ts";
import { engines, options, outcome } from "./engines.ts";
import { semantics } from "./semantics.ts";

const topics = Object.entries(semantics);
const programs = new Set(topics.flatMap(([, cases]) => cases.map(([program]) => program)));

describe.each(engines)("$name", ({ name, create }) => {
  const differences = allowedDifferences[name];

  describe.each(topics)("%s", (_topic, cases) => {
    test.each(cases)("%s", (program, expected) => {
      const actual = outcome(create(options()), program);
      const difference = differences[program];
      expect(difference, "a listed difference must differ").not.toBe(expected);
      expect(actual).toBe(difference ?? expected);
    });
  });

  test("every listed difference belongs to a program", () => {
    expect(Object.keys(differences).filter((program) => !programs.has(program))).toEqual([]);
  });
});
