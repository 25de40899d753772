import { describe, expect, test } from "vitest";
import type { Json } from "#common/json.ts";
import { RequestRefused } from "../ports.ts";
import { runSource } from "../testing/run-source.ts";

const past = "2023-01-01T08:00:00Z";
const future = "2033-01-01T08:00:00+01:00";

function run(body: string, answer?: () => Json) {
  const answers = answer ? { "runs.await": answer } : {};
  return runSource(`Procedure { function() ${body} end }`, { answers });
}

describe("Procedure.defer", () => {
  test("a time that is past goes on at once, as one checkpoint", () => {
    const { finished, events } = run(
      `return Procedure.defer{key = "k", resume_at = "${past}", reason = "r"}`,
    );
    const result = { completed: true, key: "k", resume_at: past, reason: "r" };
    expect(finished).toMatchObject({ status: "completed", result });
    expect(events).toMatchObject([{ type: "checkpoint", kind: "step", name: "defer k", value: result }]);
  });

  test("a time to come ends the run for now, and nothing can catch it", () => {
    const { finished, events } = run(
      `pcall(Procedure.defer, {key = "k", resume_at = "${future}", reason = "the report"}); Retry.with_backoff(function() end); Log.info("on"); return 1`,
    );
    expect(finished).toMatchObject({
      status: "waiting",
      waiting: {
        for: "time",
        until: "2033-01-01T07:00:00.000Z",
        message: expect.stringContaining("the report"),
      },
    });
    expect(events).toEqual([]);
  });

  test.for<[string, RegExp]>([
    ["{}", /nonempty string (key|reason|resume_at)/],
    [`{key = " ", resume_at = "${past}", reason = "r"}`, /nonempty string key/],
    ['{key = "k", resume_at = "soon", reason = "r"}', /ISO-8601/],
    ['{key = "k", resume_at = "2033-01-01T08:00:00", reason = "r"}', /must include a timezone/],
    [`{key = "k", resume_at = "${past}", reason = "r", extra = 1}`, /unsupported fields: extra/],
  ])("%s", ([request, message]) => {
    expect(run(`Procedure.defer(${request})`).finished.error?.message).toMatch(message);
  });
});

describe("Procedure.await_children", () => {
  const children = [{ id: "one", terminal: true, status: "completed" }];

  test("gives how they stand, as one checkpoint", () => {
    const { finished, requests } = run(
      'return Procedure.await_children{children = {{id = "one", more = 1}}}',
      () => ({ children }),
    );
    expect(finished.result).toEqual({ children, complete: true });
    expect(requests).toEqual([{ method: "runs.await", params: { runs: ["one"], mode: "all" } }]);
  });

  test("ends the run for now while they go on", () => {
    const { finished } = run(
      'pcall(Procedure.await_children, {children = {{id = "one"}}, mode = "any"}); return 1',
      () => {
        throw new RequestRefused("waiting", "Waits for other runs: one (running).");
      },
    );
    expect(finished).toMatchObject({
      status: "waiting",
      waiting: { for: "children", message: expect.stringContaining("one (running)") },
    });
  });

  test.for<[string, RegExp]>([
    ["{children = {}}", /requires a list of children/],
    ['{children = {{id = "a"}, {id = "a"}}}', /unique/],
    ["{children = {{}}}", /nonempty string id/],
    ['{children = {{id = "a"}}, mode = "some"}', /mode is all or any/],
    ['{children = {{id = "a"}}, timeout = 1}', /unsupported fields: timeout/],
  ])("%s", ([request, message]) => {
    expect(run(`Procedure.await_children(${request})`).finished.error?.message).toMatch(message);
  });
});
