import { writeFileSync } from "node:fs";
import path from "node:path";
import { Client } from "./client.ts";
import { makeModule } from "./corpus.ts";
import { measureOpen } from "./measure-open.ts";
import { OpenDocument } from "./open-document.ts";
import type { Samples } from "./samples.ts";
import type { Session } from "./session.ts";

/** One big file, alone in its folder. Gives the description of the server. */
export async function measureFile(
  { contestant, folder, scenario, isCold }: Session,
  samples: Samples,
): Promise<string> {
  const lines = scenario.lines ?? 1000;
  const module = makeModule({ kind: contestant.corpus, lines, seed: 7, hasError: true });
  const file = path.join(folder, `main${contestant.extension}`);
  writeFileSync(file, module.text);
  const client = new Client(contestant.command, folder);
  try {
    samples.add("initialize", await client.initialize(folder));
    const document = new OpenDocument(client, contestant, file, module.text);
    const isKnown = (): boolean => document.hasErrorAt(module.errorLine);
    samples.add("first diagnostics", await document.foundWithin(client.startedAt, isKnown));
    if (isCold) return client.description;
    document.setLine(module.errorLine, "");
    await document.foundWithin(0, () => !isKnown());
    await client.idle(1000);
    await measureOpen({ client, document, line: module.spareLine, repeats: scenario.repeats }, samples);
    return client.description;
  } finally {
    await client.stop();
  }
}
