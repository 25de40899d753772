import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { testReport } from "#protocol/reports/test-report.ts";
import { openDesk } from "./studio.ts";

const embedded = ["--isolation", "embedded"];
const withoutEngine = { DOCKER_HOST: "unix:///nonexistent.sock" };

const doubling = `Procedure {
  input = { n = field.number{default = 2} },
  function(input)
    while input.n == 13 do end
    return { total = input.n * 2 }
  end
}
Specification([[
Feature: Doubling
  Scenario: doubles
    Given the input n is 4
    When the procedure runs
    Then the output total should be 8
  Scenario: wrong
    When the procedure runs
    Then the output total should be 5
  @skip
  Scenario: later
    When the procedure runs
]])
`;

const passing = doubling.replace("should be 5", "should be 4");

test("the report of the contract", async () => {
  using desk = openDesk({
    "a.tac": doubling,
    "sub/b.tac": passing,
    "c.tac": "Procedure { function() return 1 end }",
  });
  const { code, stdout } = await desk.studio(
    ["test", ".", "--json", "--jobs", "2", ...embedded],
    withoutEngine,
  );
  expect(code).toBe(1);
  const report = testReport.parse(JSON.parse(stdout));
  expect(report).toMatchObject({ passed: 3, failed: 1, skipped: 2 });
  const durations = report.files.flatMap(({ scenarios }) => scenarios.map(({ durationMs }) => durationMs));
  expect(durations.every((each) => each >= 0)).toBe(true);
  expect(report.files.map(({ file }) => file)).toEqual(["a.tac", path.join("sub", "b.tac")]);
  expect(
    report.files[0]?.scenarios.map((scenario) => ({ ...scenario, durationMs: 0 })),
  ).toMatchInlineSnapshot(`
    [
      {
        "durationMs": 0,
        "line": 10,
        "name": "doubles",
        "runs": 1,
        "status": "passed",
        "steps": [
          {
            "line": 11,
            "status": "passed",
            "text": "Given the input n is 4",
          },
          {
            "line": 12,
            "status": "passed",
            "text": "When the procedure runs",
          },
          {
            "line": 13,
            "status": "passed",
            "text": "Then the output total should be 8",
          },
        ],
        "successRate": 1,
        "tags": [],
        "usage": {
          "inputTokens": 0,
          "outputTokens": 0,
          "totalTokens": 0,
        },
      },
      {
        "durationMs": 0,
        "line": 14,
        "name": "wrong",
        "runs": 1,
        "status": "failed",
        "steps": [
          {
            "line": 15,
            "status": "passed",
            "text": "When the procedure runs",
          },
          {
            "line": 16,
            "message": "Expected the output 'total' to be 5, but it is 4.",
            "status": "failed",
            "text": "Then the output total should be 5",
          },
        ],
        "successRate": 0,
        "tags": [],
        "usage": {
          "inputTokens": 0,
          "outputTokens": 0,
          "totalTokens": 0,
        },
      },
      {
        "durationMs": 0,
        "line": 18,
        "name": "later",
        "runs": 0,
        "status": "skipped",
        "steps": [
          {
            "line": 19,
            "status": "skipped",
            "text": "When the procedure runs",
          },
        ],
        "successRate": 0,
        "tags": [
          "skip",
        ],
        "usage": {
          "inputTokens": 0,
          "outputTokens": 0,
          "totalTokens": 0,
        },
      },
    ]
  `);
});

test("text for people, scenario by scenario, then what failed", async () => {
  using desk = openDesk({ "a.tac": doubling });
  const { code, stdout, stderr } = await desk.studio(["test", "a.tac", ...embedded], withoutEngine);
  expect([code, stderr]).toEqual([1, ""]);
  expect(stdout.replaceAll(/\d+(\.\d+)? m?s\b/g, "N ms")).toMatchInlineSnapshot(`
    "✓ doubles N ms · a.tac
    ✗ wrong N ms · a.tac

    ✗ wrong a.tac:14
        ✓ When the procedure runs line 15
        ✗ Then the output total should be 5 line 16
          Expected the output 'total' to be 5, but it is 4.

    3 scenarios in 1 file: 1 passed, 1 failed, 1 skipped
    "
  `);
});

test("all passed is 0; one scenario by its name; repeated with a rate", async () => {
  using desk = openDesk({ "a.tac": doubling });
  const named = ["test", "a.tac", "--scenario", "doubles", "--runs", "5", "--jobs", "2", ...embedded];
  const { code, stdout } = await desk.studio([...named, "--json"], withoutEngine);
  expect(code).toBe(0);
  const [scenario] = testReport.parse(JSON.parse(stdout)).files[0]?.scenarios ?? [];
  expect(scenario).toMatchObject({
    name: "doubles",
    runs: 5,
    successRate: 1,
    repeated: { passed: 5, failed: 0, consistency: 1, isFlaky: false },
  });
  expect((await desk.studio(named, withoutEngine)).stdout).toContain(
    "100% of 5 runs passed · consistency 100%",
  );
});

test("JUnit", async () => {
  using desk = openDesk({ "a.tac": doubling });
  const { code } = await desk.studio(["test", "a.tac", "--junit", "out.xml", ...embedded], withoutEngine);
  expect(code).toBe(1);
  const xml = readFileSync(path.join(desk.folder, "out.xml"), "utf8");
  expect(xml.replaceAll(/time="[\d.]+"/g, 'time="0"')).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites tests="3" failures="1" errors="0" skipped="1">
      <testsuite name="a.tac" tests="3" failures="1" errors="0" skipped="1">
        <testcase name="doubles" classname="a.tac" file="a.tac" time="0">
          <system-out><![CDATA[passed    Given the input n is 4 (line 11)
    passed    When the procedure runs (line 12)
    passed    Then the output total should be 8 (line 13)]]></system-out>
        </testcase>
        <testcase name="wrong" classname="a.tac" file="a.tac" time="0">
          <failure message="line 16: Then the output total should be 5&#xA;Expected the output 'total' to be 5, but it is 4." type="failed"/>
          <system-out><![CDATA[passed    When the procedure runs (line 15)
    failed    Then the output total should be 5 (line 16)]]></system-out>
        </testcase>
        <testcase name="later" classname="a.tac" file="a.tac" time="0">
          <skipped/>
          <system-out><![CDATA[skipped   When the procedure runs (line 19)]]></system-out>
        </testcase>
      </testsuite>
    </testsuites>"
  `);
});

test.for<[what: string, files: Record<string, string>, args: string[], code: number, says: RegExp]>([
  ["no such file", {}, ["nothing.tac"], 2, /nothing\.tac does not exist/],
  ["another kind of file", { "a.txt": "" }, ["a.txt"], 2, /a\.txt is no \.tac file/],
  [
    "no such scenario",
    { "a.tac": doubling },
    ["a.tac", "--scenario", "other"],
    2,
    /No scenario named "other"/,
  ],
  ["no specification", { "a.tac": "return 1" }, ["."], 1, /No specification was found/],
  ["a file that declares none", { "a.tac": "return 1" }, ["a.tac"], 1, /declares no Specification/],
  ["both outputs", { "a.tac": doubling }, ["a.tac", "--json", "--junit", "x"], 2, /cannot be used with/],
  ["a broken config", { "a.tac": doubling, ".tactus/config.yml": "sandbx: {}" }, ["a.tac"], 2, /sandbx/],
  ["a file that is not Lua", { "a.tac": "x = = 1" }, ["a.tac"], 1, /syntax-error/],
  [
    "Gherkin that can't be read",
    {
      "a.tac": "Specification([[\nFeature: f\n  Scenario: s\n    Given x\n      | a |\n      | b | c |\n]])",
    },
    ["a.tac"],
    1,
    /a\.tac:6.*\[specification-invalid\]/,
  ],
  [
    "a pattern that can't be read",
    { "a.tac": 'Step("(", function() end)\nSpecification([[Feature: f]])' },
    ["a.tac"],
    1,
    /\[specification-invalid\]/,
  ],
])("%s", async ([, files, args, code, says]) => {
  using desk = openDesk(files);
  const outcome = await desk.studio(["test", ...args, ...embedded], withoutEngine);
  expect(outcome.stdout + outcome.stderr).toMatch(says);
  expect(outcome.code).toBe(code);
});

test("without an engine and without a word about isolation it is 3, and says what to do", async () => {
  using desk = openDesk({ "a.tac": doubling });
  const { code, stdout, stderr } = await desk.studio(["test", "a.tac", "--json"], withoutEngine);
  expect([code, stdout]).toEqual([3, ""]);
  expect(stderr).toContain("--isolation embedded");
});

test("a scenario without an end is ended by its limit, and the others run", async () => {
  const endless = doubling.replace("Given the input n is 4", "Given the input n is 13");
  using desk = openDesk({ "a.tac": endless });
  const { code, stdout } = await desk.studio(
    ["test", "a.tac", "--json", "--timeout", "1", ...embedded],
    withoutEngine,
  );
  expect(code).toBe(1);
  const scenarios = testReport.parse(JSON.parse(stdout)).files[0]?.scenarios;
  expect(scenarios?.map(({ status }) => status)).toEqual(["failed", "failed", "skipped"]);
  expect(scenarios?.[0]?.steps[1]?.message).toContain("It took longer than its limit of 1 s");
});

test("a scenario that takes the whole sandbox with it is a failure, and the others run", async () => {
  const hungry = doubling.replace(
    "while input.n == 13 do end",
    'if input.n == 4 then string.rep("x", 3e9) end',
  );
  using desk = openDesk({ "a.tac": hungry });
  const { stdout } = await desk.studio(["test", "a.tac", "--json", ...embedded], withoutEngine);
  const scenarios = testReport.parse(JSON.parse(stdout)).files[0]?.scenarios;
  expect(scenarios?.map(({ status }) => status)).toEqual(["failed", "failed", "skipped"]);
});

test("Ctrl-C ends it with what is known so far, and 130", async () => {
  const slow = doubling.replace("while input.n == 13 do end", "while input.n == 2 do end");
  using desk = openDesk({ "a.tac": slow });
  const running = desk.start(["test", "a.tac", ...embedded, "--jobs", "1"], withoutEngine);
  await running.shows("✓ doubles");
  running.process.kill("SIGINT");
  const { code, stdout } = await running.outcome;
  expect(stdout).toContain("3 scenarios in 1 file: 1 passed, 0 failed, 2 skipped, cancelled");
  expect(code).toBe(130);
});

test("what scenarios write stays out of the folder, and each begins with the folder as it is", async () => {
  const writing = `Procedure { function()
  local was = File.exists("notes.txt")
  File.write("notes.txt", "x")
  return { was = was }
end }
Specification([[
Feature: f
  Scenario: one
    When the procedure runs
    Then the output was should be false
  Scenario: two
    When the procedure runs
    Then the output was should be false
]])`;
  using desk = openDesk({ "a.tac": writing });
  const { code } = await desk.studio(["test", "a.tac", "--jobs", "1", ...embedded], withoutEngine);
  expect(code).toBe(0);
  expect(existsSync(path.join(desk.folder, "notes.txt"))).toBe(false);
});

test("scenarios from a file beside, and the journal of the sandbox that ran them", async () => {
  using desk = openDesk({
    "a.tac": 'Procedure { function() return 1 end }\nSpecification { from = "a.feature" }',
    "a.feature":
      "Feature: f\n  Scenario: from a file\n    When the procedure runs\n    Then the output should be 2\n",
  });
  const { code, stdout } = await desk.studio(["test", "a.tac", ...embedded], withoutEngine);
  expect(code).toBe(1);
  expect(stdout).toContain("✗ Then the output should be 2 line 4");
  const json = await desk.studio(["test", "a.tac", "--json", ...embedded], withoutEngine);
  const report = testReport.parse(JSON.parse(json.stdout));
  expect(report.files[0]?.scenarios).toMatchObject([{ file: "a.feature", line: 2 }]);
  const [run = ""] = readdirSync(path.join(desk.folder, ".tactus/runs")).filter(
    (name) => !name.startsWith("."),
  );
  const events = readFileSync(path.join(desk.folder, ".tactus/runs", run, "events.jsonl"), "utf8");
  expect(events).toContain('"type":"case.finished"');
});
