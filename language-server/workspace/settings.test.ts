import { expect, test } from "vitest";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { applySeverities, defaultSettings, readSettings } from "./settings.ts";

test.for([undefined, null, 7, "all", [], { diagnostics: 7, inlayHints: null, format: [] }])(
  "%j is no settings: everything is as by default",
  (section) => {
    expect(readSettings(section)).toEqual(defaultSettings);
  },
);

test("what is right of a section counts, what is wrong in it does not", () => {
  expect(
    readSettings({
      codeLens: false,
      diagnostics: { severity: { "unused-local": "off", "syntax-error": "loud", "no-such": 1 } },
      format: { lineWidth: 3 },
      inlayHints: { types: false, parameterNames: "no" },
    }),
  ).toEqual({
    ...defaultSettings,
    codeLens: false,
    severity: { "unused-local": "off" },
    inlayHints: { ...defaultSettings.inlayHints, types: false },
  });
});

test("severities replace those of the catalogue; what is off is left out", () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  const finding = (code: Diagnostic["code"]): Diagnostic => ({
    file: "a.tac",
    range,
    severity: "warning",
    code,
    source: "tactus",
    message: "m",
  });
  const found = [finding("unused-local"), finding("unused-parameter"), finding("undefined-global")];
  const settings = readSettings({
    diagnostics: { severity: { "unused-local": "off", "undefined-global": "error" } },
  });
  expect(applySeverities(found, settings).map(({ code, severity }) => [code, severity])).toEqual([
    ["unused-parameter", "warning"],
    ["undefined-global", "error"],
  ]);
  expect(applySeverities(found, defaultSettings)).toBe(found);
});
