import { afterEach, expect, test } from "vitest";
import type { Conversion, ConversionReply } from "../formats/conversion.ts";
import { FormatWorker } from "./format-worker.ts";

let worker: FormatWorker | undefined;
afterEach(() => worker?.terminate());

const conversion: Conversion = {
  operation: "csv.read",
  bytes: new TextEncoder().encode("a\n1\n"),
  options: {},
};

/** Asks one after the other, as a procedure does. */
async function replies(count: number, thread?: URL): Promise<readonly ConversionReply[]> {
  const received: ConversionReply[] = [];
  let next = Promise.withResolvers<ConversionReply>();
  worker = new FormatWorker((reply) => next.resolve(reply), ...(thread ? [thread] : []));
  for (let id = 1; id <= count; id++) {
    next = Promise.withResolvers();
    worker.convert({ id, conversion });
    received.push(await next.promise);
  }
  return received;
}

test("conversions are answered by a thread that stays", async () => {
  const converted = { kind: "value", value: [{ a: "1" }] };
  expect(await replies(2)).toEqual([
    { id: 1, converted },
    { id: 2, converted },
  ]);
});

test("a thread that ends costs the conversion that it had, and the next one gets a new thread", async () => {
  const ending = new URL("data:text/javascript,process.exit(3)");
  expect(await replies(2, ending)).toEqual([
    { id: 1, failure: "The work on it ended unexpectedly." },
    { id: 2, failure: "The work on it ended unexpectedly." },
  ]);
});

test("a thread that breaks says so", async () => {
  const breaking = new URL("data:text/javascript,throw new Error('broken')");
  expect(await replies(1, breaking)).toEqual([{ id: 1, failure: "broken" }]);
});
