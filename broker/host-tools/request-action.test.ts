import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Json, JsonObject } from "#common/json.ts";
import { ok, type Result } from "#common/result.ts";
import { Redactor } from "../secrets/redactor.ts";
import { secretsFrom } from "../secrets/secret-source.ts";
import { secretVariables } from "../secrets/secret-variables.ts";
import type { HostCallContext, Refusal } from "../services.ts";
import type { CallRules, RequestDeclaration } from "./host-tool-declaration.ts";
import { createHostTools } from "./host-tools.ts";

const secret = "canary-token-0123456789";
const quiet: HostCallContext = { signal: new AbortController().signal, approve: async () => ok(true) };

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

let server: Server;
let origin = "";
let other: Server;
let seen: Seen[] = [];

/** Answers by path; what has no answer of its own is told what it asked for. */
const answers: Readonly<
  Record<string, { status?: number; headers?: Record<string, string>; body?: string }>
> = {
  "/page": { headers: { "content-type": "text/html" }, body: "<p>hi</p>" },
  "/picture": { headers: { "content-type": "image/png" }, body: "\u0000" },
  "/broken": { headers: { "content-type": "application/json" }, body: "{" },
  "/empty": { status: 204 },
  "/missing": { status: 404, headers: { "content-type": "application/json" }, body: '{"why":"gone"}' },
  "/large": { headers: { "content-type": "text/plain" }, body: "x".repeat(100_000) },
  "/within": { status: 302, headers: { location: "/landed" } },
  "/loop": { status: 302, headers: { location: "/loop" } },
};

beforeAll(async () => {
  server = createServer((incoming, response) => {
    void readAll(incoming).then((body) => {
      seen.push({ method: incoming.method, url: incoming.url, headers: incoming.headers, body });
      const path = incoming.url?.split("?")[0] ?? "";
      if (path === "/stall") return;
      if (path === "/away")
        return response.writeHead(307, { location: `http://127.0.0.1:${portOf(other)}/x` }).end();
      const answer = answers[path];
      if (answer) response.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
      else
        response
          .writeHead(200, { "content-type": "application/json; charset=utf-8" })
          .end(JSON.stringify({ url: incoming.url, token: incoming.headers.authorization ?? null }));
      return undefined;
    });
  });
  other = createServer((incoming, response) => {
    seen.push({ method: incoming.method, url: "elsewhere", headers: incoming.headers, body: "" });
    response.end("1");
  });
  for (const each of [server, other]) await new Promise<void>((done) => each.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${portOf(server)}`;
});
beforeEach(() => {
  seen = [];
});
afterAll(() => {
  for (const each of [server, other]) {
    each.close();
    each.closeAllConnections();
  }
});

function portOf(each: Server): number {
  return (each.address() as AddressInfo).port;
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of incoming.setEncoding("utf8")) text += chunk;
  return text;
}

type Call = (parameters?: JsonObject, context?: Partial<HostCallContext>) => Promise<Result<Json, Refusal>>;

function requesting(
  request: Partial<RequestDeclaration> & { readonly path: string },
  rules: CallRules = {},
  redactor = new Redactor(),
): Call {
  const { path, ...more } = request;
  const action: RequestDeclaration = { kind: "request", method: "GET", url: origin + path, ...more };
  const variables = secretVariables(secretsFrom({ TICKETS_TOKEN: secret }), redactor, /TOKEN/);
  const tools = createHostTools({ tools: { tool: { action, ...rules } }, allowed: ["tool"], variables });
  return (parameters = {}, context = {}) => tools.call("tool", parameters, { ...quiet, ...context });
}

function messageOf(result: Result<Json, Refusal>): string {
  return result.ok ? "" : result.error.message;
}

test("everything is in its place", async () => {
  const call = requesting({
    path: "/projects/{project}/tickets",
    method: "POST",
    query: { notify: "{notify}", left: "{absent}" },
    headers: { Authorization: "Bearer {TICKETS_TOKEN}", "X-Kind": "ticket-{kind}", "X-Left": "{absent}" },
    body: {
      title: "{title}",
      text: "by {kind}: {title}",
      labels: "{labels}",
      left: "{absent}",
      fixed: [1, "{n}"],
    },
    secrets: ["TICKETS_TOKEN"],
  });
  const parameters = {
    project: "a/b ?#%{n}",
    notify: "x&y=z",
    kind: "bug",
    title: "{TICKETS_TOKEN}",
    labels: ["l"],
    n: 2,
  };
  expect(await call(parameters, { idempotencyKey: "run-1.7" })).toMatchObject({ ok: true });
  const [request] = seen;
  expect(request).toMatchObject({
    method: "POST",
    url: "/projects/a%2Fb%20%3F%23%25%7Bn%7D/tickets?notify=x%26y%3Dz",
    headers: {
      authorization: `Bearer ${secret}`,
      "x-kind": "ticket-bug",
      "content-type": "application/json",
      "idempotency-key": "run-1.7",
    },
  });
  expect(request?.headers).not.toHaveProperty("x-left");
  expect(JSON.parse(request?.body ?? "")).toEqual({
    title: "{TICKETS_TOKEN}",
    text: "by bug: {TICKETS_TOKEN}",
    labels: ["l"],
    fixed: [1, 2],
  });
});

const templates = {
  path: "/projects/{project}/tickets/{id}",
  headers: { "X-Kind": "{kind}" },
} as const;
const good = { project: "p", id: "1", kind: "k" };

test.for<[string, JsonObject, string]>([
  ["a way up", { project: ".." }, "another path"],
  ["a way up inside of a value", { project: "a/../../admin" }, "another path"],
  ["a way up with the other slash", { id: "x\\..\\y" }, "another path"],
  ["the same place", { id: "." }, "another path"],
  ["nothing", { id: "" }, "empty"],
  ["half a character", { id: "\ud800" }, "no valid text"],
  ["a mapping", { id: { a: 1 } }, "no text"],
  ["a header of its own", { kind: "k\r\nX-Admin: 1" }, "header can't hold"],
  ["a line feed in a header", { kind: "k\nX-Admin: 1" }, "header can't hold"],
  ["letters that headers do not have", { kind: "\u2028" }, "header can't hold"],
])("nothing is sent for %s", async ([, wrong, says]) => {
  const result = await requesting(templates)({ ...good, ...wrong });
  expect(result).toMatchObject({ ok: false, error: { code: "host-tool-failed" } });
  expect(messageOf(result)).toContain(says);
  expect(seen).toEqual([]);
});

test("values that would make a way up together are refused", async () => {
  const result = await requesting({ path: "/a/b/{one}{two}" })({ one: "x/.", two: "./admin" });
  expect(result).toMatchObject({ ok: false });
  expect(await requesting({ path: "/a/b/.{one}/c" })({ one: "." })).toMatchObject({ ok: false });
  expect(seen).toEqual([]);
});

test.for(["http://evil.test/x", "//evil.test/x", "@evil.test", "%2e%2e%2fadmin"])(
  "an address in a place stays a part of the path: %s",
  async (id) => {
    await requesting(templates)({ ...good, id });
    expect(seen.map(({ url }) => url)).toEqual([`/projects/p/tickets/${encodeURIComponent(id)}`]);
  },
);

test("a secret that is not set is told by its name, and nothing is sent", async () => {
  const call = requesting({ path: "/x", headers: { A: "{OTHER_TOKEN}" }, secrets: ["OTHER_TOKEN"] });
  expect(messageOf(await call())).toContain("OTHER_TOKEN is not set");
  expect(seen).toEqual([]);
});

test("a person who is asked sees the request, and no secret", async () => {
  const shown: JsonObject[] = [];
  const approve: HostCallContext["approve"] = async ({ call }) => {
    shown.push(call);
    return ok(false);
  };
  const call = requesting(
    { path: "/x/{id}", headers: { Authorization: "Bearer {TICKETS_TOKEN}" }, secrets: ["TICKETS_TOKEN"] },
    { approval: "each" },
  );
  expect(await call({ id: "7" }, { approve })).toMatchObject({ ok: false, error: { code: "tool-denied" } });
  expect(shown).toMatchObject([
    { method: "GET", url: `${origin}/x/7`, headers: { authorization: "Bearer (TICKETS_TOKEN)" } },
  ]);
  expect(seen).toEqual([]);
});

test.for(["plain", "base64", "encoded"])("a secret in the answer is redacted: %s", async (form) => {
  const redactor = new Redactor();
  const call = requesting(
    { path: "/x", headers: { Authorization: "{TICKETS_TOKEN}" }, secrets: ["TICKETS_TOKEN"] },
    {},
    redactor,
  );
  const result = await call();
  expect(JSON.stringify(result)).toContain(secret);
  const forms = {
    plain: JSON.stringify(result),
    base64: Buffer.from(`user:${secret}`).toString("base64"),
    encoded: encodeURIComponent(`${secret}/x`),
  };
  const text = redactor.text(forms[form as keyof typeof forms]);
  expect(text).toContain("[redacted]");
  expect(text).not.toContain(secret);
});

describe("answers", () => {
  test.for<[string, string, Json | string, Partial<RequestDeclaration>, CallRules]>([
    ["JSON by its type", "/x", { url: "/x", token: null }, {}, {}],
    ["text by its type", "/page", "<p>hi</p>", {}, {}],
    ["text on demand", "/broken", "{", { output: "text" }, {}],
    ["nothing", "/empty", null, {}, {}],
    ["within the server after a redirect", "/within", { url: "/landed", token: null }, {}, {}],
  ])("%s", async ([, path, value, more, rules]) => {
    expect(await requesting({ path, ...more }, rules)()).toEqual(ok(value));
  });

  test.for<[string, string, string, CallRules]>([
    ["another kind of data", "/picture", "image/png", {}],
    ["broken JSON", "/broken", "did not answer with JSON", {}],
    ["a failure, with its text", "/missing", 'HTTP 404: {"why":"gone"}', {}],
    ["too much", "/large", "more than 1000 bytes", { limits: { resultBytes: 1000 } }],
    ["nothing in time", "/stall", "longer than 0.3 s", { timeoutSeconds: 0.3 }],
    ["a way elsewhere", "/away", "another server", {}],
    ["a circle", "/loop", "too often", {}],
  ])("%s is a failure", async ([, path, says, rules]) => {
    const result = await requesting({ path }, rules)();
    expect(result).toMatchObject({ ok: false, error: { code: "host-tool-failed" } });
    expect(messageOf(result)).toContain(says);
    expect(seen.map(({ url }) => url)).not.toContain("elsewhere");
  });

  test("of a server that is not there", async () => {
    const action: RequestDeclaration = { kind: "request", method: "GET", url: "http://127.0.0.1:1/x" };
    const tools = createHostTools({ tools: { tool: { action } }, allowed: ["tool"] });
    expect(messageOf(await tools.call("tool", {}, quiet))).toContain("could not reach its server");
  });

  test("that come when the run was cancelled are not waited for", async () => {
    const controller = new AbortController();
    const result = requesting({ path: "/stall" })({}, { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    expect(messageOf(await result)).toContain("was ended");
  });
});
