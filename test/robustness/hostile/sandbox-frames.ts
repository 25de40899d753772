import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import fc from "fast-check";
import { serveRun } from "#broker/dispatch/serve-run.ts";
import { createHostTools } from "#broker/host-tools/host-tools.ts";
import { createHumans } from "#broker/humans/humans.ts";
import { createHostMcp } from "#broker/mcp/host-mcp.ts";
import { Redactor } from "#broker/secrets/redactor.ts";
import type { BrokerServices } from "#broker/services.ts";
import { fail, ok } from "#common/result.ts";
import { type RunEventBody, runEventBody } from "#protocol/events/events.ts";
import { everythingListed } from "#test/support/everything-listed.ts";
import { plainStart } from "#test/support/start-message.ts";
import { damagedJson, damagedText } from "./damaged.ts";
import type { Target } from "./hostile-input.ts";
import { hostMessages, key, sandboxMessages } from "./messages.ts";

const refused = fail({ code: "file-not-found", message: "There is no such file." });
const noStatus = async () => ok({ exists: false, bytes: 0 });

const services: BrokerServices = {
  models: { generate: async () => fail({ code: "model-failed", message: "none here" }) },
  hostTools: createHostTools(),
  mcp: createHostMcp({}, {}),
  humans: createHumans({ files: { status: noStatus } }),
  workspace: {
    read: async () => refused,
    write: async ({ text }) => ok({ bytes: text.length }),
    readBytes: async () => ok({ base64: "", size: 0 }),
    writeBytes: async () => ok({ bytes: 0 }),
    status: noStatus,
    list: async () => ok({ entries: [] }),
    module: async () => ok({ module: null }),
    program: async () => ok({ program: null }),
  },
};

const limits = { cost: 1, onlyPriced: false, tokens: 1000, turns: 10, toolCalls: 10 };

const greeting = `${JSON.stringify(sandboxMessages[0])}\n`;
const messages = [...sandboxMessages, ...hostMessages];
const line = fc.oneof(
  damagedJson(sandboxMessages),
  damagedText(messages.map((message) => JSON.stringify(message))),
);

/**
 * Whatever bytes a sandbox sends, serving the run ends with an outcome, throws nothing, and emits only events of the
 * protocol in which no secret stands.
 */
export const sandboxFrames: Target<readonly [boolean, readonly string[]]> = {
  inputs: fc.tuple(fc.boolean(), fc.array(line, { minLength: 1, maxLength: 4 })),
  check: async ([greets, lines]) => {
    const output = new PassThrough();
    const input = new PassThrough().resume();
    const events: RunEventBody[] = [];
    const outcome = serveRun({
      output,
      input,
      start: plainStart,
      services,
      emit: (event) => events.push(event),
      signal: new AbortController().signal,
      redactor: new Redactor([key]),
      listed: everythingListed,
      spending: { limits },
    });
    output.end((greets ? greeting : "") + lines.join("\n").concat("\n"));
    const { ok: isFinished } = await outcome;
    assert.equal(typeof isFinished, "boolean");
    for (const event of events) runEventBody.parse(event);
    assert.ok(!JSON.stringify(events).includes(key), "a secret stands in an event");
  },
};
