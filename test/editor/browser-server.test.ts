import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Diagnostic, Hover, Location } from "vscode-languageserver";
import type { ProcedureSummary } from "#language/declarations/describe-procedures.ts";
import { type ManifestAnswer, manifestMethod } from "#protocol/editor/manifest.ts";
import { findChromium } from "#test/support/workbench/page.ts";

const script = path.resolve(import.meta.dirname, "../../dist/language-server/browser.js");
const found = findChromium();
const skipped = found.ok
  ? undefined
  : `SKIPPED browser server: ${found.error.what} is missing: ${found.error.why}`;

const uri = "web:/w/a.tac";
const text = `local helper = require("lib.helper")
look = Tool { description = "x", function(args) return args end }
for _, name in ipairs { "red", "green" } do
  _G[name] = Agent { provider = "openai", system_prompt = name, tools = { look } }
end
undefinedd()
Procedure { input = helper.input, function(input) return { a = red("x") } end }
`;

/** What the page keeps of its server. */
interface PageClient {
  request(method: string, params: object): Promise<unknown>;
  notify(method: string, params: object): void;
  findings(uri: string): readonly Diagnostic[] | undefined;
}

declare global {
  var tactusClient: PageClient;
}

describe.skipIf(skipped)(`the language server in a worker of a browser ${skipped ?? ""}`, () => {
  let browser: Browser;
  let page: Page;
  let http: Server;
  const failures: string[] = [];

  beforeAll(async () => {
    http = await serveScript();
    browser = await chromium.launch({ executablePath: executable(), headless: true, args: ["--no-sandbox"] });
    page = await browser.newPage();
    page.on("pageerror", (error) => failures.push(String(error)));
    await page.goto(`http://localhost:${(http.address() as AddressInfo).port}/`);
    await page.evaluate(startServer, {
      "web:/w/lib/helper.tac": "return { input = { n = field.number {} } }",
    });
    await page.evaluate(
      (opened) => {
        tactusClient.notify("textDocument/didOpen", { textDocument: opened });
      },
      { uri, languageId: "tactus", version: 1, text },
    );
  });

  afterAll(async () => {
    await browser?.close();
    http?.close();
  });

  function request<Answer>(method: string, params: object): Promise<Answer> {
    return page.evaluate(([name, value]) => tactusClient.request(name, value), [
      method,
      params,
    ] as const) as Promise<Answer>;
  }

  test("diagnostics, without those that evaluating the declarations takes away", async () => {
    const codes = async (): Promise<unknown> => {
      const diagnostics = await page.evaluate((document) => tactusClient.findings(document), uri);
      return diagnostics?.map(({ code, range }) => `${code} ${range.start.line}`).toSorted();
    };
    await expect.poll(codes, { timeout: 20_000 }).toEqual(["declaration-failed 5", "undefined-global 5"]);
  });

  test("hover", async () => {
    const hover = await request<Hover>("textDocument/hover", {
      textDocument: { uri },
      position: { line: 1, character: 8 },
    });
    expect(JSON.stringify(hover.contents)).toMatch(/Tool/);
  });

  test("definition, here and in a module that the page reads for the server", async () => {
    const at = async (line: number, character: number): Promise<string[]> => {
      const answer = await request<Location | Location[]>("textDocument/definition", {
        textDocument: { uri },
        position: { line, character },
      });
      return [answer].flat().map((location) => `${location.uri} ${location.range.start.line}`);
    };
    expect(await at(3, 77)).toEqual([`${uri} 1`]);
    await expect.poll(() => at(0, 26)).toEqual(["web:/w/lib/helper.tac 0"]);
  });

  test("declarations are evaluated in a worker of the worker, bombs too", { timeout: 30_000 }, async () => {
    const describeSource = (source: string): Promise<readonly ProcedureSummary[]> =>
      request("tactus/describeProcedures", { file: "a.tac", uri, source });
    const input = [{ name: "n", type: "number", required: false }];
    expect(await describeSource(text.replace("undefinedd()", ""))).toMatchObject([{ name: "main", input }]);
    for (const bomb of [
      "while true do end",
      "local s = 'x' while true do s = s .. s end",
      "local s = ('a'):rep(3000):find(('.-'):rep(30) .. 'b')",
    ])
      expect(await describeSource(`x = Procedure { function() end }\n${bomb}`)).toHaveLength(1);
    expect(await describeSource("y = Procedure { function() end }")).toMatchObject([{ name: "y" }]);
  });

  test("what a procedure may touch, its modules included", async () => {
    const answer = await request<ManifestAnswer>(manifestMethod, { uri });
    expect(answer.summary).toMatch(/^\d+ models? · \d+ tools?/);
  });

  test("nothing failed in the page", () => {
    expect(failures).toEqual([]);
  });
});

function executable(): string {
  if (!found.ok) throw new Error(skipped);
  return found.value;
}

async function serveScript(): Promise<Server> {
  const server = createServer(({ url }, response) => {
    const isScript = url === "/browser.js";
    response.setHeader("Content-Type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? readFileSync(script) : "<!doctype html><title>Language server</title>");
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  return server;
}

/** Runs in the page: a small client over `postMessage`, which reads `files` for the server. */
async function startServer(files: Readonly<Record<string, string>>): Promise<void> {
  const worker = new Worker("/browser.js");
  const waiting = new Map<number, { resolve(value: unknown): void; reject(reason: unknown): void }>();
  const findings = new Map<string, readonly Diagnostic[]>();
  let requests = 0;
  const answers: Readonly<Record<string, (uri: string) => unknown>> = {
    "tactus/readFile": (file) => files[file] ?? null,
    "tactus/findFiles": () => [],
    "tactus/listFolder": () => [],
  };
  worker.onmessage = ({ data }) => {
    if (data.method === "textDocument/publishDiagnostics")
      findings.set(data.params.uri, data.params.diagnostics);
    else if (data.method && data.id !== undefined) {
      const result = answers[data.method]?.(data.params?.uri) ?? null;
      worker.postMessage({ jsonrpc: "2.0", id: data.id, result });
    } else if (data.id !== undefined) {
      const job = waiting.get(data.id);
      if (data.error) job?.reject(new Error(data.error.message));
      else job?.resolve(data.result);
    }
  };
  globalThis.tactusClient = {
    request: (method, params) =>
      new Promise((resolve, reject) => {
        waiting.set(++requests, { resolve, reject });
        worker.postMessage({ jsonrpc: "2.0", id: requests, method, params });
      }),
    notify: (method, params) => worker.postMessage({ jsonrpc: "2.0", method, params }),
    findings: (document) => findings.get(document),
  };
  const folders = [{ uri: "web:/w", name: "w" }];
  await tactusClient.request("initialize", {
    processId: null,
    rootUri: null,
    workspaceFolders: folders,
    capabilities: {},
  });
  tactusClient.notify("initialized", {});
}
