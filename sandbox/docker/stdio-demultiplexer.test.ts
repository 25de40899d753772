import { once } from "node:events";
import { expect, test } from "vitest";
import { StdioDemultiplexer } from "./stdio-demultiplexer.ts";

function piece(stream: 1 | 2, text: string): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt8(stream, 0);
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

const both = Buffer.concat([piece(1, "first "), piece(2, "oops"), piece(1, ""), piece(1, "second")]);

test("the two streams are separated wherever the connection cuts them", async () => {
  for (let cut = 0; cut <= both.length; cut++) {
    const errors: Buffer[] = [];
    const demultiplexer = new StdioDemultiplexer((bytes) => errors.push(bytes));
    demultiplexer.write(both.subarray(0, cut));
    demultiplexer.end(both.subarray(cut));
    const output = await demultiplexer.toArray();
    expect(Buffer.concat(output).toString()).toBe("first second");
    expect(Buffer.concat(errors).toString()).toBe("oops");
  }
});

test("while nobody reads, it asks the connection to wait", async () => {
  const demultiplexer = new StdioDemultiplexer(() => undefined);
  const large = piece(1, "x".repeat(1024 * 1024));
  expect(demultiplexer.write(large)).toBe(false);
  const drained = once(demultiplexer, "drain");
  demultiplexer.resume();
  await drained;
});
