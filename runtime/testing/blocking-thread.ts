import { type MessagePort, workerData } from "node:worker_threads";
import { errorText } from "#common/error-text.ts";
import type { Conversion, ConversionReply } from "../formats/conversion.ts";
import { convert } from "../formats/convert.ts";

/** The other side of `convertInThread`: one conversion, then it wakes the one who waits. */
const { port, done, conversion }: { port: MessagePort; done: Int32Array; conversion: Conversion } =
  workerData;

async function reply(): Promise<ConversionReply> {
  try {
    return { id: 0, converted: await convert(conversion) };
  } catch (error) {
    return { id: 0, failure: errorText(error) };
  }
}

port.postMessage(await reply());
Atomics.store(done, 0, 1);
Atomics.notify(done, 0);
port.close();
