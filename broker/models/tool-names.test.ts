import { expect, test } from "vitest";
import { ToolNames } from "./tool-names.ts";

test("names that a provider can't take are changed, without two becoming one, and found again", () => {
  const names = new ToolNames();
  const given = [
    "search",
    "host.ping",
    "host_ping",
    "host ping",
    "wörter",
    "",
    "x".repeat(80),
    `${"x".repeat(80)}y`,
  ];
  const sent = given.map((name) => names.forProvider(name));
  expect(new Set(sent).size).toBe(given.length);
  for (const name of sent) expect(name).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  expect(sent.map((name) => names.forProcedure(name))).toEqual(given);
  expect(sent[0]).toBe("search");
  expect(names.forProvider("host.ping")).toBe(sent[1]);
  expect(names.forProcedure("never_offered")).toBe("never_offered");
});
