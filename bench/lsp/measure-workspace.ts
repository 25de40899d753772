import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Client, pause } from "./client.ts";
import { type Module, makeModule } from "./corpus.ts";
import { labelsOf, measureOpen } from "./measure-open.ts";
import { OpenDocument } from "./open-document.ts";
import type { Sample, Samples } from "./samples.ts";
import type { Session } from "./session.ts";

/** A file of the workspace. */
interface WorkspaceFile {
  readonly path: string;
  readonly module: Module;
}

/** Of ten files one has an error. */
const errorEvery = 10;

/** Longest wait for a member to be offered in another file, in milliseconds. */
const crossFileMs = 5000;

/** Many small files that require each other; the last one is open. Gives the description of the server. */
export async function measureWorkspace(session: Session, samples: Samples): Promise<string> {
  const { contestant, folder, scenario } = session;
  const files = writeFiles(session);
  const planted = files.filter(({ module }) => module.errorLine >= 0);
  const [last, other] = [files.at(-1), files.at(-2)];
  if (!last || !other) throw new Error("A workspace needs two files.");
  const client = new Client(contestant.command, folder);
  try {
    samples.add("initialize", await client.initialize(folder));
    const document = new OpenDocument(client, contestant, last.path, last.module.text);
    const isKnown = (): boolean => document.hasErrorAt(last.module.errorLine);
    const pulling = pullUntilOver(client);
    const whole = allKnown(client, planted);
    samples.add("first diagnostics", await document.foundWithin(client.startedAt, isKnown));
    samples.add("all errors of the workspace", await whole);
    pulling.stop();
    document.setLine(last.module.errorLine, "");
    await client.idle(1000);
    const measured = { client, document, line: last.module.spareLine, repeats: scenario.repeats };
    await measureOpen(measured, samples);
    if (client.capabilities.completionProvider)
      for (const sample of await measureOtherFile(session, measured, other))
        samples.add("member of another file", sample);
    return client.description;
  } finally {
    await client.stop();
  }
}

function writeFiles({ contestant, folder, scenario }: Session): WorkspaceFile[] {
  return Array.from({ length: scenario.files ?? 0 }, (_, index) => {
    const requires = [1, 7, 31].map((back) => index - back).filter((other) => other >= 0);
    const module = makeModule({
      kind: contestant.corpus,
      lines: 100,
      seed: 100 + index,
      requires: requires.map((other) => `mod_${other}`),
      hasError: index % errorEvery === errorEvery - 1,
    });
    const file = path.join(folder, `mod_${index}${contestant.extension}`);
    writeFileSync(file, module.text);
    return { path: file, module };
  });
}

/** Milliseconds from the start of the server until every planted error is known. */
async function allKnown(client: Client, planted: readonly WorkspaceFile[]): Promise<Sample> {
  const places = planted.map((file) => ({ uri: pathToFileURL(file.path).href, line: file.module.errorLine }));
  const isKnown = ({ uri, line }: { uri: string; line: number }): boolean =>
    (client.findings.get(uri) ?? []).some(({ range }) => Math.abs(range.start.line - line) <= 1);
  try {
    return (await client.until(() => places.every(isKnown))) - client.startedAt;
  } catch {
    return `${places.filter(isKnown).length} of ${places.length}`;
  }
}

/** Keeps a request for the workspace's diagnostics open, as an editor does. */
function pullUntilOver(client: Client): { stop(): void } {
  let isOver = false;
  const { diagnosticProvider } = client.capabilities;
  const pull = async (): Promise<void> => {
    for (let round = 0; !isOver && client.hasTime; round++) {
      // Refused or cancelled: it is asked again, as an editor does.
      await client.pullWorkspace(`workspace-${round}`).catch(() => undefined);
      await pause(100);
    }
  };
  if (diagnosticProvider?.workspaceDiagnostics) void pull();
  return {
    stop: () => {
      isOver = true;
    },
  };
}

/** A member is added in one open file: milliseconds until a file that requires it is offered the member. */
async function measureOtherFile(
  { contestant }: Session,
  { client, document, line, repeats }: Parameters<typeof measureOpen>[0],
  other: WorkspaceFile,
): Promise<Sample[]> {
  const required = new OpenDocument(client, contestant, other.path, other.module.text);
  const access = `local got = ${path.basename(other.path, contestant.extension)}.`;
  document.setLine(line, `${access}zz`);
  await client.idle(300);
  const params = { ...document.at(line, access.length + 2), context: { triggerKind: 1 } };
  const samples: Sample[] = [];
  for (let index = 0; index < repeats && client.hasTime; index++) {
    const editedAt = performance.now();
    required.setLine(other.module.spareLine, `M.zz_new_${index} = ${index}`);
    let isSeen = false;
    while (!isSeen && performance.now() - editedAt < crossFileMs) {
      const answer = await client.request("textDocument/completion", params).catch(() => null);
      isSeen = labelsOf(answer).includes(`zz_new_${index}`);
      if (!isSeen) await pause(5);
    }
    samples.push(isSeen ? performance.now() - editedAt : "missed");
  }
  return samples;
}
