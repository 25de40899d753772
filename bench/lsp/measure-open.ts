import type { CompletionItem, CompletionList } from "vscode-languageserver";
import type { Client } from "./client.ts";
import type { OpenDocument } from "./open-document.ts";
import type { Figure, Sample, Samples } from "./samples.ts";

/** A session's document, the line in it that edits may use, and how many samples are wanted of each figure. */
export interface Measured {
  readonly client: Client;
  readonly document: OpenDocument;
  readonly line: number;
  readonly repeats: number;
}

/** All that is measured of a document that is open in a server at rest. */
export async function measureOpen(measured: Measured, samples: Samples): Promise<void> {
  await measureEdits(measured, samples);
  await measureCompletion(measured, samples);
  await measureQueries(measured, samples);
  const { meter } = measured.client;
  samples.add("memory at the end, MB", meter.residentBytes() / 1024 / 1024);
  samples.add("memory at most, MB", meter.peakBytes / 1024 / 1024);
  samples.add("processor seconds", meter.cpuSeconds());
}

const memberAccess = "local got = probe.";

/** Edits that break the spare line and mend it again, until the client knows. */
async function measureEdits(measured: Measured, samples: Samples): Promise<void> {
  const { client, document, line, repeats } = measured;
  for (let index = 0; index < repeats && (index === 0 || client.hasTime); index++) {
    let editedAt = performance.now();
    document.setLine(line, `local bad${index} = = ${index}`);
    samples.add("edit, error appears", await document.foundWithin(editedAt, () => document.hasErrorAt(line)));
    editedAt = performance.now();
    document.setLine(line, `local good${index} = ${index}`);
    samples.add("edit, error gone", await document.foundWithin(editedAt, () => !document.hasErrorAt(line)));
  }
}

/** Completion of a member: right after its `.` was typed, asked again, and at rest with a part of the name there. */
async function measureCompletion(measured: Measured, samples: Samples): Promise<void> {
  const { client, document, line, repeats } = measured;
  if (!client.capabilities.completionProvider) return;
  const complete = async (character: number, context: object): Promise<void> => {
    const answer = await client.request("textDocument/completion", {
      ...document.at(line, character),
      context,
    });
    if (!labelsOf(answer).some((label) => label.startsWith("alpha"))) throw new Error("missed");
  };
  const end = memberAccess.length;
  for (let index = 0; index < repeats && (index === 0 || client.hasTime); index++) {
    document.setLine(line, memberAccess.slice(0, -1));
    await client.idle(60);
    const typed = await timed(() => {
      document.edit(line, end - 1, end - 1, ".");
      return complete(end, { triggerKind: 2, triggerCharacter: "." });
    });
    samples.add("completion, just typed", typed);
    samples.add("completion, asked again", await timed(() => complete(end, { triggerKind: 1 })));
  }
  document.setLine(line, `${memberAccess}al`);
  await client.idle(300);
  for (let index = 0; index < repeats && (index === 0 || client.hasTime); index++)
    samples.add("completion, at rest", await timed(() => complete(end + 2, { triggerKind: 1 })));
}

/** Requests about a document at rest, as far as the server offers them. */
async function measureQueries(measured: Measured, samples: Samples): Promise<void> {
  const { client, document, line, repeats } = measured;
  document.setLine(line, `${memberAccess}alpha`);
  await client.idle(300);
  const repeat = async (
    figure: Figure,
    isOffered: unknown,
    method: string,
    params: object,
  ): Promise<void> => {
    if (!isOffered) return;
    for (let index = 0; index < repeats && (index === 0 || client.hasTime); index++)
      samples.add(figure, await timed(() => client.request(method, params)));
  };
  const { capabilities } = client;
  const place = document.at(line, memberAccess.indexOf("probe") + 2);
  const whole = { textDocument: { uri: document.uri } };
  await repeat("hover", capabilities.hoverProvider, "textDocument/hover", place);
  await repeat("definition", capabilities.definitionProvider, "textDocument/definition", place);
  const context = { includeDeclaration: true };
  const references = { ...place, context };
  await repeat("references", capabilities.referencesProvider, "textDocument/references", references);
  await repeat("document symbols", capabilities.documentSymbolProvider, "textDocument/documentSymbol", whole);
  const { full } = capabilities.semanticTokensProvider ?? {};
  await repeat("semantic tokens", full, "textDocument/semanticTokens/full", whole);
  if (typeof full === "object" && full.delta === true) await measureDelta(measured, samples);
  await repeat("folding", capabilities.foldingRangeProvider, "textDocument/foldingRange", whole);
  const query = { query: "agent_1" };
  await repeat("workspace symbols", capabilities.workspaceSymbolProvider, "workspace/symbol", query);
}

/** How much is sent when one character was typed. */
async function measureDelta({ client, document, line }: Measured, samples: Samples): Promise<void> {
  const textDocument = { uri: document.uri };
  const before = (await client.request("textDocument/semanticTokens/full", { textDocument })) as {
    resultId?: string;
  };
  document.edit(line, memberAccess.length, memberAccess.length, "x");
  const delta = await client.request("textDocument/semanticTokens/full/delta", {
    textDocument,
    previousResultId: before.resultId ?? "",
  });
  samples.add("semantic tokens after an edit, bytes", JSON.stringify(delta).length);
}

/** Milliseconds of an act; the message of its error when it fails. */
async function timed(act: () => Promise<unknown>): Promise<Sample> {
  const startedAt = performance.now();
  try {
    await act();
    return performance.now() - startedAt;
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 60) : String(error);
  }
}

/** The labels of a list of completions in either of its two forms. */
export function labelsOf(answer: unknown): string[] {
  const list = answer as CompletionItem[] | CompletionList | null;
  return (Array.isArray(list) ? list : (list?.items ?? [])).map(({ label }) => label);
}
