import { expect, test } from "vitest";
import type { DebugNotice } from "#protocol/debugging/notices.ts";
import type { DebugMessage } from "#protocol/wire/messages.ts";
import { DebugLink } from "./debug-link.ts";

/** A link whose sandbox is the test. */
function linked(): { link: DebugLink; sent: DebugMessage[] } {
  const link = new DebugLink();
  const sent: DebugMessage[] = [];
  link.connect((message) => sent.push(message) > 0);
  return { link, sent };
}

test("commands wait for the sandbox, go in their order and get the answers that are theirs", async () => {
  const link = new DebugLink();
  const sources = link.request("sources", {});
  const threads = link.request("threads", {});
  const sent: DebugMessage[] = [];
  link.connect((message) => sent.push(message) > 0);
  expect(sent.map(({ command }) => command)).toEqual(["sources", "threads"]);
  const [first, second] = sent;
  expect(link.receive({ kind: "refusal", id: second?.id ?? 0, code: "not-stopped", message: "no" })).toBe(
    true,
  );
  expect(link.receive({ kind: "answer", id: first?.id ?? 0, value: { files: ["a.tac"] } })).toBe(true);
  expect(await sources).toEqual({ ok: true, value: { files: ["a.tac"] } });
  expect(await threads).toEqual({ ok: false, error: { code: "not-stopped", message: "no" } });
});

test.each([
  ["no message", "text"],
  ["an unknown kind", { kind: "other" }],
  ["an answer that nobody waits for", { kind: "answer", id: 99, value: {} }],
  ["an answer of another shape", { kind: "answer", id: 1, value: { files: 7 } }],
  ["an unknown notice", { kind: "notice", notice: { notice: "boo" } }],
  [
    "a stop without a thread",
    { kind: "notice", notice: { notice: "stopped", reason: "step", breakpoints: [] } },
  ],
])("%s is none of the protocol", async (_name, message) => {
  const { link } = linked();
  const asked = link.request("sources", {});
  expect(link.receive(message)).toBe(false);
  link.close();
  expect(await asked).toMatchObject({ ok: false, error: { code: "run-ended" } });
});

test("what a command does not take never leaves, nor what is larger than a message", async () => {
  const { link, sent } = linked();
  expect(await link.request("stack", { thread: 0 })).toMatchObject({
    ok: false,
    error: { code: "params-invalid" },
  });
  expect(sent).toEqual([]);
  link.connect(() => false);
  expect(await link.request("sources", {})).toMatchObject({ ok: false, error: { code: "params-invalid" } });
});

test("the run stands from a stop until it goes on or ends, and notices reach all who listen", () => {
  const { link } = linked();
  const standing: boolean[] = [];
  const heard: DebugNotice[] = [];
  link.onStanding((stands) => standing.push(stands));
  const unsubscribe = link.onNotice((notice) => heard.push(notice));
  const notify = (notice: object): boolean => link.receive({ kind: "notice", notice: { ...notice } });
  notify({ notice: "ready" });
  notify({ notice: "continued" });
  notify({ notice: "stopped", reason: "step", thread: 1, breakpoints: [] });
  unsubscribe();
  link.close();
  expect(standing).toEqual([false, true, false, true, false]);
  expect(heard.map(({ notice }) => notice)).toEqual(["ready", "continued", "stopped"]);
});
