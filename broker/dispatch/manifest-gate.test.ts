import { expect, test } from "vitest";
import { ok } from "#common/result.ts";
import type { RunEventBody } from "#protocol/events/events.ts";
import type { ManifestCapability, ManifestEntry } from "#protocol/reports/manifest-report.ts";
import type { RequestParams } from "#protocol/wire/requests.ts";
import { ManifestGate } from "./manifest-gate.ts";

type Listing = readonly [ManifestCapability, string];

const entryOf = ([capability, target]: Listing): ManifestEntry => ({
  capability,
  target,
  trust: "sandboxed",
  origin: { file: "a.tac", line: 1 },
  detail: "uses it",
});

const generate = (
  change: Partial<RequestParams<"model.generate">> = {},
): RequestParams<"model.generate"> => ({
  turn: 1,
  agent: "clerk",
  provider: "openai",
  model: "gpt-4o",
  messages: [],
  tools: [],
  settings: {},
  ...change,
});
const searching = (...allowedDomains: string[]) =>
  generate({ webSearch: { allowedDomains, blockedDomains: [] } });
const asking: RequestParams<"human.ask"> = { kind: "approval", message: "May it?", details: {} };

type Guarded = Parameters<ManifestGate["guard"]>[0];

/** Method, parameters, what is listed, and whether that holds it. */
const cases: ReadonlyArray<readonly [Guarded, object, readonly Listing[], "served" | "denied"]> = [
  ["model.generate", generate(), [["model", "openai/gpt-4o"]], "served"],
  ["model.generate", generate(), [["model", "dynamic"]], "served"],
  ["model.generate", generate(), [["model", "openai/gpt-4o-mini"]], "denied"],
  ["model.generate", generate({ provider: "evil" }), [["model", "openai/gpt-4o"]], "denied"],
  ["model.generate", searching(), [["model", "openai/gpt-4o"]], "denied"],
  [
    "model.generate",
    searching("a.org"),
    [
      ["model", "dynamic"],
      ["network", "a.org"],
    ],
    "served",
  ],
  [
    "model.generate",
    searching("a.org", "b.org"),
    [
      ["model", "dynamic"],
      ["network", "a.org"],
    ],
    "denied",
  ],
  [
    "model.generate",
    searching(),
    [
      ["model", "dynamic"],
      ["network", "a.org"],
    ],
    "denied",
  ],
  [
    "model.generate",
    searching(),
    [
      ["model", "dynamic"],
      ["network", "dynamic"],
    ],
    "served",
  ],
  ["host.call", { tool: "ping", arguments: {}, by: "agent" }, [["tool.host", "ping"]], "served"],
  ["host.call", { tool: "pong", arguments: {}, by: "agent" }, [["tool.host", "ping"]], "denied"],
  ["host.call", { tool: "ping", arguments: {}, by: "agent" }, [["tool.mcp", "ping"]], "denied"],
  ["host.describe", { tool: "pong" }, [["tool.host", "ping"]], "denied"],
  ["mcp.list", { server: "files" }, [["tool.mcp", "files.read"]], "served"],
  ["mcp.list", { server: "file" }, [["tool.mcp", "files"]], "denied"],
  ["mcp.call", { server: "files", tool: "read", arguments: {} }, [["tool.mcp", "files.read"]], "served"],
  [
    "mcp.call",
    { server: "files", tool: "files_read", arguments: {} },
    [["tool.mcp", "files.read"]],
    "served",
  ],
  ["mcp.call", { server: "files", tool: "delete", arguments: {} }, [["tool.mcp", "files.read"]], "denied"],
  ["mcp.call", { server: "files", tool: "delete", arguments: {} }, [["tool.mcp", "files"]], "served"],
  ["human.ask", asking, [["human", "approval"]], "served"],
  ["human.ask", asking, [["human", "input"]], "denied"],
  ["file.read", { path: "notes.md" }, [["file.read", "notes.md"]], "served"],
  ["file.read", { path: "./a/../notes.md" }, [["file.read", "notes.md"]], "served"],
  ["file.read", { path: "notes.md" }, [["file.write", "notes.md"]], "denied"],
  ["file.read", { path: "../notes.md" }, [["file.read", "notes.md"]], "denied"],
  ["file.readBytes", { path: "notes/a.md", offset: 0 }, [["file.read", "notes/**"]], "served"],
  ["file.list", { path: "notes" }, [["file.read", "notes/**"]], "served"],
  ["file.list", { path: "" }, [["file.read", "**"]], "served"],
  ["file.list", { path: "notes" }, [["file.read", "notes/a.md"]], "denied"],
  ["file.status", { path: "notes-of-others" }, [["file.read", "notes/**"]], "denied"],
  ["file.write", { path: "out.txt", text: "" }, [["file.write", "out.txt"]], "served"],
  ["file.write", { path: "out.txt", text: "" }, [["file.read", "dynamic"]], "denied"],
  ["file.writeBytes", { path: "b", offset: 0, base64: "", size: 0 }, [["file.write", "a"]], "denied"],
];

test.for(cases)("%s of %j under %j is %s", async ([method, params, listed, expected]) => {
  const events: RunEventBody[] = [];
  const gate = new ManifestGate(
    async () => listed.map(entryOf),
    (event) => events.push(event),
  );
  const serve = gate.guard(method, async () => ok("served"));
  const call = { number: 1, idempotencyKey: undefined };
  const outcome = await serve(params as never, new AbortController().signal, call);
  expect(outcome.ok ? outcome.value : "denied").toBe(expected);
  expect(events.map(({ type }) => type)).toEqual(expected === "denied" ? ["tool.denied"] : []);
});

test("nothing is served before the manifest is known, and nothing at all when it can't be made", async () => {
  const known = Promise.withResolvers<readonly ManifestEntry[]>();
  const gate = new ManifestGate(
    () => known.promise,
    () => undefined,
  );
  const served: string[] = [];
  const serve = gate.guard("file.read", async ({ path }) => {
    served.push(path);
    return ok({ text: "" });
  });
  const call = { number: 1, idempotencyKey: undefined };
  const answer = serve({ path: "a" }, new AbortController().signal, call);
  await Promise.resolve();
  expect(served).toEqual([]);
  known.reject(new Error("no manifest"));
  await expect(answer).rejects.toThrow("no manifest");
  expect(served).toEqual([]);
});
