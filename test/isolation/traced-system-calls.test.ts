import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { seccompProfile } from "#sandbox/docker/seccomp-profile.ts";
import { defaultPolicy } from "#sandbox/policy/default-policy.ts";
import { nodeArguments } from "#sandbox/policy/node-arguments.ts";
import { SpawnedRuntime } from "#test/support/spawn-runtime.ts";

/** The list of system calls is held against what the runtime is seen to call: nothing that it needs is missing. */

const tracer = "/usr/bin/strace";
const runtimeFolder = path.resolve(import.meta.dirname, "../../dist/runtime");

/**
 * Refused in the container, and the runtime goes on without: newer ways that Node and the C library try first, and questions
 * about standard streams, which are sockets here and pipes there.
 */
const doneWithout = new Set(["clone3", "getsockname", "getsockopt", "io_uring_enter", "io_uring_setup"]);

/** Much of what a run can do: files, clocks, threads for formats, memory, sleeping, many events. */
const source = `
Procedure { function()
  local kept = {}
  for i = 1, 2e5 do kept[i] = { i } end
  for i = 1, 200 do Log.info("event " .. i) end
  local text = File.read("a.txt")
  local csv = require("tactus.io.csv")
  pcall(csv.read, "a.csv")
  Sleep(0.05)
  return { os.time(), math.random(), Json.encode({ text = text }) }
end }`;

test.skipIf(!existsSync(tracer))("the runtime calls nothing that the container's list refuses", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "tactus-trace-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, "calls");
  const node = [process.execPath, ...nodeArguments(defaultPolicy("traced"), runtimeFolder)];
  await using runtime = new SpawnedRuntime({ command: [tracer, "-f", "-qq", "-o", file, ...node] });
  runtime.start(source);
  for (let id = 1; id <= 2; id++) {
    const { method } = await runtime.next("request");
    runtime.send(
      id === 1 && method === "file.read"
        ? { kind: "answer", id, value: { text: "a,b\n1,2\n" } }
        : { kind: "refusal", id, code: "file-denied", message: "no" },
    );
  }
  expect(await runtime.next("finished")).toMatchObject({ status: "completed" });
  await runtime.exited;

  const called = namesIn(readFileSync(file, "utf8"));
  const allowed = allowedNames();
  expect(called.size).toBeGreaterThan(30);
  expect([...called].filter((name) => !allowed.has(name) && !doneWithout.has(name)).sort()).toEqual([]);
});

/** `1234 read(3, …` begins a call; `<... read resumed>` ends one that is known. */
function namesIn(trace: string): Set<string> {
  return new Set([...trace.matchAll(/^\d+\s+(\w+)\(/gm)].map((match) => match[1] ?? ""));
}

function allowedNames(): Set<string> {
  const profile: { syscalls: ReadonlyArray<{ names: string[]; action: string }> } = JSON.parse(
    seccompProfile({ network: false, childProcesses: false, files: false }),
  );
  return new Set(profile.syscalls.flatMap(({ names, action }) => (action === "SCMP_ACT_ALLOW" ? names : [])));
}
