import { expect, test } from "vitest";
import { RequestRefused } from "../ports.ts";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";

const files = {
  answers: {
    "file.read": ({ path }: { path?: unknown }) => ({ text: `text of ${path}` }),
    "file.write": () => ({ bytes: 2 }),
    "file.status": ({ path }: { path?: unknown }) => ({ exists: path === "a.txt", bytes: 7 }),
  },
} as const;

const cases: readonly ProgramCase[] = [
  { name: "reading", body: "return File.read('./a/../b.txt')", options: files, result: "text of b.txt" },
  { name: "writing", body: "return File.write('a.txt', 'hi')", options: files, result: true },
  {
    name: "existence and size",
    body: "return {File.exists('a.txt'), File.exists('b.txt'), File.size('a.txt')}",
    options: files,
    result: [true, false, 7],
  },
  {
    name: "the size of a file that is not there",
    body: "File.size('b.txt')",
    options: files,
    fails: "file-not-found",
  },
  {
    name: "a path above the workspace",
    body: "File.read('a/../../b')",
    options: files,
    fails: /Path traversal detected: a\/\.\.\/\.\.\/b/,
  },
  { name: "an absolute path", body: "File.write('/etc/x', '')", options: files, fails: "file-denied" },
  { name: "a path of another system", body: "File.read('..\\\\x')", options: files, fails: "file-denied" },
  { name: "a drive", body: "File.read('C:/x')", options: files, fails: "file-denied" },
  {
    name: "JSON, as it prints",
    body: "return Json.encode({b = {1, 2.0}, a = 'é', e = {}})",
    result: '{"a": "é", "b": [1, 2.0], "e": {}}',
  },
  {
    name: "JSON, infinite",
    body: "return Json.encode({math.huge, -math.huge})",
    result: "[Infinity, -Infinity]",
  },
  { name: "JSON of nil", body: "return Json.encode(nil)", result: "null" },
  {
    name: "JSON, read",
    body: "local v = Json.decode('{\"a\": [1, 2.0, null]}'); return {#v.a, tostring(v.a[1]), tostring(v.a[2])}",
    result: [2, "1", "2.0"],
  },
  { name: "JSON that is none", body: "Json.decode('{a')", fails: /^Failed to decode JSON: / },
  { name: "what JSON can't hold", body: "Json.encode({f = print})", fails: /^Failed to encode to JSON: / },
  {
    name: "Host.call without arguments",
    body: "return Host.call('host.ping')",
    options: { answers: { "host.call": () => ({ result: { ok: true } }) } },
    result: { ok: true },
  },
  { name: "Host.call without a name", body: "Host.call('  ')", fails: /non-empty tool name/ },
  { name: "Host.call with a list", body: "Host.call('x', {1})", fails: /named arguments/ },
  {
    name: "Host.call refused and caught",
    body: "local ok, e = pcall(Host.call, 'rm', {}); return {ok, e}",
    options: {
      answers: {
        "host.call": () => {
          throw new RequestRefused("tool-denied", "Tool not allowlisted: rm");
        },
      },
    },
    result: [false, "Tool not allowlisted: rm"],
  },
  {
    name: "Stop is a note",
    body: "Stop.request('enough', false); local s = {Stop.requested(), Stop.reason(), Stop.success()}; Stop.reset(); return {s, Stop.requested(), Stop.success()}",
    result: [[true, "enough", false], false, true],
  },
  {
    name: "Iterations count when told to",
    body: "Iterations.increment(); Iterations.increment(); local e = Iterations.exceeded(2); Iterations.reset(); return {e, Iterations.current()}",
    result: [true, 0],
  },
  {
    name: "an alert of an unknown level",
    body: "System.alert({level = 'loud'})",
    fails: /Invalid alert level 'loud'/,
  },
  {
    name: "a wrong argument names itself",
    body: "Log.info({})",
    fails: /^Log\.info: argument 1 must be a string, got table\.$/,
  },
];

test.for(cases)("$name", (program) => {
  expectProgram(program);
});

test("an alert is a log event", () => {
  const { events } = expectProgram({
    name: "",
    body: "System.alert({message = 'hot', level = 'critical', source = 's'})",
    result: null,
  });
  expect(events).toMatchObject([
    { type: "log", level: "error", message: "hot", data: { alert: { source: "s" } } },
  ]);
});

test("Host.call is two events of the zone host", () => {
  const { events } = expectProgram({
    name: "",
    body: "return Host.call('host.ping', {value = 1}).value",
    options: { answers: { "host.call": (params) => ({ result: params["arguments"] ?? null }) } },
    result: 1,
  });
  expect(events).toMatchObject([
    {
      type: "tool.called",
      tool: "host.ping",
      zone: "host",
      by: "procedure",
      arguments: { value: 1 },
      at: { line: 3 },
    },
    { type: "tool.returned", result: { value: 1 } },
  ]);
});

test("Retry waits longer each time, tells of each failure, and gives up with the last code", () => {
  const failing =
    "local seen = {} local ok, e = pcall(Retry.with_backoff, function() File.read('/x') end, {max_attempts = 3, initial_delay = 1, max_delay = 1.5, on_error = function(i) seen[#seen + 1] = i.attempt end})";
  const { slept } = expectProgram({
    name: "",
    body: `${failing} return {ok, seen}`,
    result: [false, [1, 2, 3]],
  });
  expect(slept).toEqual([1, 1.5]);
  expectProgram({ name: "", body: `${failing} error(e, 0)`, fails: "file-denied" });
});

test("Retry does not retry what must end the run", () => {
  let asked = 0;
  const { finished, slept } = expectProgram({
    name: "",
    body: "Retry.with_backoff(function() while true do end end)",
    options: { interruption: () => (++asked > 2 ? "time" : undefined) },
    fails: "limit-time",
  });
  expect(finished.status).toBe("timed_out");
  expect(slept).toEqual([]);
});
