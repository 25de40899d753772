import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import type { Diagnostic, WorkspaceDiagnosticReport } from "vscode-languageserver";
import { checkReport } from "#protocol/reports/check-report.ts";
import { LanguageClient } from "../support/lsp/language-client.ts";
import { type Desk, openDesk } from "./studio.ts";

/** Findings of every kind, on both sides of files that depend on each other, in names that need escapes. */
const files = {
  "main.tac": `local helper = require("lib.helper")
-- äöü €
look_up = Tool { description = "😀", input = { query = field.string{required = true} }, function(args, extra)
  return args.qury
end }
asker = Agent { provider = "openai", model = "gpt-4o", system_prompt = "Say {input.nme}", tols = {"look_up"} }
Procedure {
  input = { name = field.string{required = true} },
  function(input)
    local unread = 1
    prnt(helper.greet(input.nme))
    asker{ message = "x", tools = {"missing"} }
    return 1
  end
}
`,
  "main.tac.yml": "inputs: {}\nsandbox:\n  netwrok: none\n  mount_current_dir: true\n",
  "tested.tac": `Procedure { function() return {} end }
Specification [[
Feature: Letters
  Scenario: One is read
    Given the procedure has strted
]]
`,
  "lib/helper.tac": "local M = {}\nfunction M.greet(name) return nmae end\nreturn M\n",
  "broken (1)/a b.tac": 'x = "open\nlocal function f(\nend\nreturn\n',
  "broken (1)/a b.tac.yml": "sandbox: {\n",
  "alone.tac.yml": "limits:\n  timeout: soon\n",
  ".tactus/config.yml": "mcp_servers:\n  files: { command: npx, args: [some-server] }\n",
};

/** A finding as far as both sides have it. */
interface Finding {
  readonly file: string;
  readonly range: Diagnostic["range"];
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly related: ReadonlyArray<{
    readonly file: string;
    readonly range: Diagnostic["range"];
    message: string;
  }>;
}

test("the command line, SARIF and the editor find the same: codes, ranges, texts", async () => {
  using desk = openDesk(files);
  const { stdout, stderr } = await desk.studio(["check", "--json"]);
  expect(stderr).toBe("");
  const checked = checkReport.parse(JSON.parse(stdout)).diagnostics.map(
    ({ file, range, severity, code, message, related = [] }): Finding => ({
      file,
      range,
      severity,
      code,
      message,
      related: [...related],
    }),
  );
  expect(new Set(checked.map(({ code }) => code)).size).toBeGreaterThan(8);
  expect(new Set(checked.map(({ file }) => file)).size).toBeGreaterThan(5);
  const inEditor = await editorFindings(desk);
  expect(sorted(inEditor)).toEqual(sorted(checked));

  const sarif = await desk.studio(["check", "--sarif"]);
  expect(sorted(sarifFindings(JSON.parse(sarif.stdout)))).toEqual(
    sorted(checked).map(({ file, range, code, message }) => ({ file, range, code, message })),
  );
});

test("a file that is checked alone has the findings that it has among the others", async () => {
  using desk = openDesk(files);
  const of = async (args: readonly string[]): Promise<unknown[]> => {
    const { stdout } = await desk.studio(["check", "--json", ...args]);
    return checkReport.parse(JSON.parse(stdout)).diagnostics.filter(({ file }) => file === "main.tac");
  };
  expect(await of(["main.tac"])).toEqual(await of([]));
  mkdirSync(path.join(desk.folder, "deep"));
  writeFileSync(path.join(desk.folder, "deep/own.tac"), "return undefined_name\n");
  expect(await of(["main.tac", "deep"])).toEqual(await of([]));
});

test("what is found reads like this", async () => {
  using desk = openDesk({
    "a.tac": "local size = 1\nprnt(1)\nreturn =\n",
    "a.tac.yml": "sandbox: { netwrok: none }\n",
  });
  const { stdout, code } = await desk.studio(["check"]);
  expect(code).toBe(1);
  expect(stdout).toMatchInlineSnapshot(`
    "a.tac:1:7 hint The local "size" is never read. [unused-local]
      > 1 │ local size = 1
        2 │ prnt(1)
        3 │ return =

    a.tac:2:1 warning Nothing defines "prnt": calling it fails. Did you mean "print"? [undefined-global]
        1 │ local size = 1
      > 2 │ prnt(1)
        3 │ return =
        4 │

    a.tac:3:8 error An expression is missing after 'return'. [syntax-error]
        1 │ local size = 1
        2 │ prnt(1)
      > 3 │ return =
        4 │

    a.tac.yml:1:12 error Unknown key "sandbox.netwrok". Did you mean "network"? [config-unknown-key]
      > 1 │ sandbox: { netwrok: none }
        2 │

    2 files: 2 errors, 1 warning, 1 hint
    "
  `);
});

async function editorFindings(desk: Desk): Promise<Finding[]> {
  const folder = pathToFileURL(desk.folder).href;
  await using client = await LanguageClient.start({ folders: [folder], home: desk.home });
  await expect.poll(() => client.calls.isQuiescent).toBe(true);
  // Declarations that are computed are evaluated of what is open.
  for (const [name, text] of Object.entries(files)) await client.open(uriOf(desk, name), text);
  const { items } = await client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", {
    previousResultIds: [],
  });
  const nameOf = (uri: string): string => decodeURIComponent(uri.slice(folder.length + 1));
  const severities = ["", "error", "warning", "information", "hint"];
  return items.flatMap((report) =>
    report.kind === "full"
      ? report.items.map(({ range, severity = 1, code, message, relatedInformation = [] }) => ({
          file: nameOf(report.uri),
          range,
          severity: severities[severity] ?? "",
          code: String(code),
          message: typeof message === "string" ? message : message.value,
          related: relatedInformation.map(({ location, message: reason }) => ({
            file: nameOf(location.uri),
            range: location.range,
            message: reason,
          })),
        }))
      : [],
  );
}

function uriOf(desk: Desk, name: string): string {
  return pathToFileURL(path.join(desk.folder, name)).href;
}

interface SarifResult {
  readonly ruleId: string;
  readonly message: { readonly text: string };
  readonly locations: ReadonlyArray<{
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: Record<"startLine" | "startColumn" | "endLine" | "endColumn", number>;
    };
  }>;
}

function sarifFindings(sarif: {
  runs: Array<{ results: SarifResult[] }>;
}): Array<Omit<Finding, "severity" | "related">> {
  return (sarif.runs[0]?.results ?? []).map(({ ruleId, message, locations: [location] }) => {
    const { artifactLocation, region } = location!.physicalLocation;
    return {
      file: decodeURIComponent(artifactLocation.uri),
      range: {
        start: { line: region.startLine - 1, character: region.startColumn - 1 },
        end: { line: region.endLine - 1, character: region.endColumn - 1 },
      },
      code: ruleId,
      message: message.text,
    };
  });
}

function sorted<Each extends Pick<Finding, "file" | "range" | "code" | "message">>(
  findings: readonly Each[],
): Each[] {
  const key = ({ file, range, code, message }: Each): string =>
    JSON.stringify([file, range.start.line, range.start.character, range.end, code, message]);
  return [...findings].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
