import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { Conversion, ConversionReply, Converted } from "../formats/conversion.ts";
import { RequestRefused } from "../ports.ts";

/** Converts in a thread of its own and blocks until that is done. For tests. */
export function convertInThread(conversion: Conversion): Converted {
  const { port1, port2 } = new MessageChannel();
  const done = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const worker = new Worker(new URL("./blocking-thread.ts", import.meta.url), {
    workerData: { port: port2, done, conversion },
    transferList: [port2],
  });
  worker.unref();
  Atomics.wait(done, 0, 0, 20_000);
  const received: { message: ConversionReply } | undefined = receiveMessageOnPort(port1);
  const reply = received?.message ?? { id: 0, failure: "The thread gave no answer." };
  if ("converted" in reply) return reply.converted;
  throw new RequestRefused("file-unreadable", reply.failure);
}
