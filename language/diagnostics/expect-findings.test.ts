import { describe, expect, test } from "vitest";
import { expectFindings, expectFix } from "#language/diagnostics/expect-findings.ts";

const found = `local unused = 1
      ^^^^^^ unused-local hint: never read`;

test("findings that are marked are expected, in a comment or not", () => {
  const { text, diagnostics } = expectFindings(found);
  expect(text).toBe("local unused = 1");
  expect(diagnostics).toHaveLength(1);
  expectFindings("local unused = 1\n--    ^^^^^^ unused-local");
});

describe("a test fails", () => {
  test.for<[string, string]>([
    ["that marks nothing", "local unused = 1"],
    ["that marks too much", `${found}\nprint(1)\n^^^^^ unused-local`],
    ["that marks another place", "local unused = 1\n     ^^^^^^ unused-local"],
    ["that marks a wider place", "local unused = 1\n      ^^^^^^^ unused-local"],
    ["with another code", "local unused = 1\n      ^^^^^^ unused-parameter"],
    ["with another severity", "local unused = 1\n      ^^^^^^ unused-local error"],
    ["with another message", "local unused = 1\n      ^^^^^^ unused-local: never written"],
  ])("%s", ([, marked]) => {
    expect(() => expectFindings(marked)).toThrow();
  });

  test("whose fix does something else", () => {
    expectFix(found, "local _unused = 1");
    expect(() => expectFix(found, "local other = 1")).toThrow();
    expect(() => expectFix(found, "local unused = 1", { title: "No such fix" })).toThrow();
  });
});
