import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SpawnedRuntime } from "#test/support/spawn-runtime.ts";

/** A real runtime with a real Python beside it, without a container: the way of a request, and the end of the process. */

const source = (text: string) => ({
  runnable: true,
  sources: [{ file: "tools/a.py", module: "a", source: text, givesTools: true }],
  withheld: [],
});

/** Gone, or dead and only not collected yet: that is up to the machine's first process, since the parent has ended. */
function isGone(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return true;
  }
}

test("requests about plugins stay in the sandbox, their events come in order, and Python ends with the run", async () => {
  await using runtime = new SpawnedRuntime();
  const plugins = source("import os\ndef whoami():\n    print('asked')\n    return os.getpid()");
  runtime.start('Procedure { function() return Tool.get("whoami")({}) end }', { plugins });
  const { result, error } = await runtime.next("finished");
  expect(error).toBeUndefined();
  expect(runtime.messages.filter(({ kind }) => kind === "request")).toEqual([]);
  const ours = ["tool.called", "output", "tool.returned"];
  const types = runtime.messages.flatMap((message) => (message.kind === "event" ? [message.event.type] : []));
  expect(types.filter((type) => ours.includes(type))).toEqual(ours);
  await runtime.exited;
  await expect.poll(() => isGone(Number(result))).toBe(true);
});

test("a cancelled run takes a plugin with it that never answers", async () => {
  await using runtime = new SpawnedRuntime();
  const plugins = source("import os\ndef spin():\n    print(os.getpid())\n    while True: pass");
  runtime.start('Procedure { function() return Tool.get("spin")({}) end }', { plugins });
  const printed = await runtime.event("output");
  runtime.send({ kind: "cancel" });
  expect(await runtime.next("finished")).toMatchObject({ status: "cancelled" });
  await runtime.exited;
  await expect.poll(() => isGone(Number(printed.text))).toBe(true);
});
