import { expect, test } from "vitest";
import { checkReport } from "#protocol/reports/check-report.ts";
import { openDesk } from "./studio.ts";

const broken = "Procedure { function()\n  local x = = 1\nend }";
const files = {
  "good.tac": "Procedure { function() return 1 end }",
  "bad.tac": broken,
  "bad.tac.yml": "sandbox:\n  netwrok: none\n",
  "warned.tac": "Procedure { function() return 1 end }",
  "warned.tac.yml": "sandbox:\n  dev_mode: true\n",
  ".tactus/config.yml": "sandbox: {\n",
  ".gitignore": "ignored/\n*.old.tac\n!kept.old.tac\n",
  "ignored/bad.tac": broken,
  "bad.old.tac": broken,
  "deep/kept.old.tac": "return 1",
  "deep/.gitignore": "*.tmp.tac\n!mended.old.tac",
  "deep/mended.old.tac": "return 1",
  "deep/bad.tmp.tac": broken,
  "node_modules/x/bad.tac": broken,
  "other.yml": "- :",
};

test("check --json has the shape of the contract, in a fixed order", async () => {
  using desk = openDesk(files);
  const outcome = await desk.studio(["check", "--json"]);
  expect(outcome).toMatchObject({ code: 1, stderr: "" });
  const report = checkReport.parse(JSON.parse(outcome.stdout));
  expect(report).toMatchObject({ files: 8, errors: 3, warnings: 1 });
  expect(report.diagnostics.map(({ file, code, range }) => [file, code, range.start.line])).toEqual([
    [".tactus/config.yml", "config-unreadable", 0],
    ["bad.tac", "unused-local", 1],
    ["bad.tac", "syntax-error", 1],
    ["bad.tac.yml", "config-unknown-key", 1],
    ["warned.tac.yml", "config-key-without-effect", 1],
  ]);
  expect(report.diagnostics[2]?.range).toEqual({
    start: { line: 1, character: 12 },
    end: { line: 1, character: 13 },
  });
});

test("a named file is checked even if git ignores it; without errors the exit code is 0", async () => {
  using desk = openDesk(files);
  expect((await desk.studio(["check", "ignored/bad.tac"])).code).toBe(1);
  expect((await desk.studio(["check", "good.tac", "warned.tac.yml"])).code).toBe(0);
});

test("Lua 5.4 is accepted", async () => {
  const modern =
    "local x <const> = 7 // 2\nlocal y <close> = nil\ngoto done\n::done::\nreturn x & 3 | 1 << 2 ~ 5";
  using desk = openDesk({ "modern.tac": modern });
  expect(await desk.studio(["check"])).toMatchObject({ code: 0 });
});

test.for(["goto nowhere", "break", "local x <const> = 1\nx = 2", "x = `y`", "return 1 local a"])(
  "what Lua refuses is found: %s",
  async (source) => {
    using desk = openDesk({ "a.tac": source });
    const { stdout, code } = await desk.studio(["check", "--json"]);
    expect(code).toBe(1);
    const report = checkReport.parse(JSON.parse(stdout));
    const errors = report.diagnostics.filter(({ severity }) => severity === "error");
    expect(errors).toMatchObject([{ code: "syntax-error" }]);
  },
);

test("check --sarif is SARIF 2.1.0 with the same findings", async () => {
  using desk = openDesk(files);
  const { stdout, code } = await desk.studio(["check", "--sarif"]);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    $schema: expect.stringContaining("sarif-2.1.0"),
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "tactus-studio",
            rules: expect.arrayContaining([expect.objectContaining({ id: "syntax-error" })]),
          },
        },
        results: [
          { ruleId: "config-unreadable", level: "error" },
          { ruleId: "unused-local" },
          {
            ruleId: "syntax-error",
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: "bad.tac" },
                  region: { startLine: 2, startColumn: 13, endLine: 2, endColumn: 14 },
                },
              },
            ],
          },
          { ruleId: "config-unknown-key" },
          { ruleId: "config-key-without-effect", level: "warning" },
        ],
      },
    ],
  });
});

test("for people: place, message, the line itself, and a sum", async () => {
  using desk = openDesk(files);
  const { stdout } = await desk.studio(["check"]);
  expect(stdout).toContain("bad.tac:2:13 error An expression is missing after '='. [syntax-error]");
  expect(stdout).toContain("> 2 │   local x = = 1");
  expect(stdout.trimEnd().endsWith("8 files: 3 errors, 1 warning, 1 hint")).toBe(true);
});

test.for(["text", "--json", "--sarif"])("no key that a file holds is repeated: %s", async (format) => {
  // Put together here, so that nobody takes this file for one with a key in it.
  const marked = ["gh", "p_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"].join("");
  const named = "correct-horse-battery";
  using desk = openDesk({
    ".tactus/config.yml": [
      "providers:",
      "  openai:",
      `    api_key: ${named}`,
      `    ${marked}: 1`,
      "sandbox:",
      `  timeout: ${marked}`,
      `  volumes: ${marked}`,
      `  network: ${marked}`,
      "",
    ].join("\n"),
    "a.tac": `local key = "${marked}"\nlocal x = = 1`,
  });
  const { stdout, stderr, code } = await desk.studio(["check", ...(format === "text" ? [] : [format])]);
  expect(code).toBe(1);
  expect(stdout).toContain("(hidden)");
  expect(stdout + stderr).not.toContain(marked);
  expect(stdout + stderr).not.toContain(named);
});

test("a start that a config stops does not repeat a key of it", async () => {
  const marked = ["gh", "p_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"].join("");
  using desk = openDesk({ "a.tac": "return 1", "a.tac.yml": `${marked}: 1\nlimits:\n  cost: ${marked}\n` });
  const { stderr, code } = await desk.studio(["run", "a.tac", "--mock", "--isolation", "embedded"]);
  expect({ code, told: stderr.includes("(hidden)"), leaked: stderr.includes(marked) }).toEqual({
    code: 2,
    told: true,
    leaked: false,
  });
});
