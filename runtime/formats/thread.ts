import { parentPort } from "node:worker_threads";
import { errorText } from "#common/error-text.ts";
import type { ConversionReply, ConversionRequest } from "./conversion.ts";
import { convert } from "./convert.ts";

/** Entry of the thread that works on files of foreign formats, away from the thread that keeps the time. */
parentPort?.on("message", ({ id, conversion }: ConversionRequest) => void perform(id, conversion));

async function perform(id: number, conversion: ConversionRequest["conversion"]): Promise<void> {
  try {
    reply({ id, converted: await convert(conversion) });
  } catch (error) {
    // Libraries say what is wrong with the data in their own words; nothing of the host is in here.
    reply({ id, failure: errorText(error) });
  }
}

function reply(message: ConversionReply): void {
  parentPort?.postMessage(message);
}
