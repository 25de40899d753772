import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { connectPlace, dataPlace, type PageData, type RunPage } from "#protocol/page/page-data.ts";
import { cutTexts } from "./cut-texts.ts";
import { reportHtml } from "./report-html.ts";

const template = `<meta content="connect-src ${connectPlace}"><script id="data">${dataPlace}</script>`;

const run: RunPage = {
  kind: "run",
  written: "2026-01-02T03:04:05Z",
  run: "r1",
  events: [],
  eventsLeftOut: 0,
  interrupted: false,
  sides: { before: "b", after: "a" },
  files: [{ path: "</script><img src=x onerror=alert(1)>", status: "added", after: `$& ${dataPlace} $'` }],
};

test("the data can't be markup, and comes out as it went in", () => {
  const [, policy, packed] =
    /^<meta content="connect-src (.*?)"><script id="data">([A-Za-z0-9+/=]*)<\/script>$/.exec(
      reportHtml(template, run),
    ) ?? [];
  expect(policy).toBe("'none'");
  const data: PageData = JSON.parse(gunzipSync(Buffer.from(packed ?? "", "base64")).toString());
  expect(data).toEqual(run);
});

test("only a live page may connect, and only to where it came from", () => {
  expect(reportHtml(template, { kind: "live" })).toContain("connect-src 'self'");
});

test("long texts are cut wherever they stand, and say how long they were", () => {
  expect(cutTexts({ a: ["x".repeat(20), 7, null], b: "short" }, 10)).toEqual({
    a: [`${"x".repeat(10)}… (20 characters)`, 7, null],
    b: "short",
  });
});
