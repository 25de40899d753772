import {
  CancellationTokenSource,
  type Diagnostic,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver/node";
import { machineFactor } from "../support/lsp/yardstick.ts";
import { answerDefects } from "./answer-defects.ts";
import { declaredCapabilities } from "./declared-capabilities.ts";
import { type FollowUp, type Place, type RequestKind, requestKinds } from "./request-kinds.ts";
import type { ServerProcess } from "./server-process.ts";

/** Something that must not happen, whatever the input. */
export interface Problem {
  /** The method that was asked, or `log`, `process`, `memory`. */
  readonly method: string;
  readonly detail: string;
}

/** Longest time that the server may work on one answer, in milliseconds. */
export const longestAnswerMs = 2000;

/** After this long without an answer the server is taken for hanging, in milliseconds. */
const hangingMs = 30_000;

/** Of each list only this many items are asked about. */
const itemsFollowed = 2;

/** One question and what came of it. */
interface Question {
  readonly method: string;
  readonly params: object;
  readonly refusals: readonly number[];
}

export interface Asking {
  /** All at once as an editor does after a keystroke, or one after the other, so that each has its own time. */
  readonly order: "together" | "in turn";
  /** Longest time that one answer may take; `longestAnswerMs` if not given. */
  readonly longestMs?: number | undefined;
  /** Methods whose request is taken back as soon as it was sent. */
  readonly cancelled?: (method: string) => boolean;
}

/**
 * Asks every kind of request that the server offers at one place, and then about items of the answers. Diagnostics and
 * tokens come first: others take what they answered as their context.
 */
export async function askEverything(server: ServerProcess, place: Place, asking: Asking): Promise<Problem[]> {
  const problems: Problem[] = [];
  const declared = new Set(declaredCapabilities(server.capabilities));
  const isOffered = (capability: string | undefined): boolean =>
    capability === undefined || declared.has(capability);
  const followUps: Question[] = [];
  const ask = async (kind: RequestKind, at: Place): Promise<unknown> => {
    const { method, refusals = [] } = kind;
    const answer = await put(server, { method, params: kind.params(at), refusals }, at, asking, problems);
    for (const followUp of kind.followUps ?? [])
      if (isOffered(followUp.capability)) followUps.push(...questionsAbout(answer, followUp, at));
    return answer;
  };
  const offered = requestKinds.filter(({ capability }) => isOffered(capability));
  let context = place;
  for (const kind of offered.filter(({ method }) => method in contextOf))
    context = { ...context, ...contextOf[kind.method]?.(await ask(kind, context)) };
  const others = offered.filter(({ method }) => !(method in contextOf));
  await inOrder(asking, others, (kind) => ask(kind, context));
  await inOrder(asking, followUps, (question) => put(server, question, context, asking, problems));
  return problems;
}

/** What the answer to one request tells the ones after it. */
const contextOf: Readonly<Record<string, (answer: unknown) => Partial<Place>>> = {
  "textDocument/diagnostic": (answer) => ({ findings: itemsOf(answer) as Diagnostic[] }),
  "textDocument/semanticTokens/full": (answer) =>
    isRecord(answer) && typeof answer["resultId"] === "string" ? { tokensId: answer["resultId"] } : {},
};

async function inOrder<Item>(
  { order }: Asking,
  items: readonly Item[],
  act: (item: Item) => Promise<unknown>,
): Promise<void> {
  if (order === "together") await Promise.all(items.map(act));
  else for (const item of items) await act(item);
}

/** Asks one question; what is wrong with the answer goes to `problems`. Throws when the server ends or hangs. */
async function put(
  server: ServerProcess,
  { method, params, refusals }: Question,
  place: Place,
  { order, cancelled, longestMs = longestAnswerMs }: Asking,
  problems: Problem[],
): Promise<unknown> {
  const source = new CancellationTokenSource();
  const isCancelled = cancelled?.(method) === true;
  const spentSince = server.measureWork();
  try {
    const asked = server.connection.sendRequest(method, { ...params, workDoneToken: method }, source.token);
    if (isCancelled) source.cancel();
    const answer = await Promise.race([asked, server.ended, hanging(method)]);
    problems.push(...answerDefects(method, answer, place).map((detail) => ({ method, detail })));
    return answer;
  } catch (error) {
    if (!(error instanceof ResponseError)) throw error;
    const isExpected =
      (refusals.includes(error.code) && !error.message.startsWith(`${method} failed`)) ||
      (isCancelled && error.code === LSPErrorCodes.RequestCancelled);
    if (!isExpected) problems.push({ method, detail: `error ${error.code}: ${error.message}` });
    return undefined;
  } finally {
    const spent = spentSince();
    if (order === "in turn" && spent > longestMs && spent > longestMs * machineFactor())
      problems.push({ method, detail: `answered after ${Math.round(spent)} ms of work` });
    source.dispose();
  }
}

function hanging(method: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error(`no answer to ${method} in ${hangingMs} ms`)), hangingMs).unref();
  });
}

function questionsAbout(answer: unknown, { method, params }: FollowUp, place: Place): Question[] {
  return itemsOf(answer)
    .slice(0, itemsFollowed)
    .map((item) => ({ method, params: params(item, place), refusals: [] }));
}

/** The items of a list, or of an answer that holds one. */
function itemsOf(answer: unknown): object[] {
  if (Array.isArray(answer)) return answer.filter(isRecord);
  return isRecord(answer) && "items" in answer ? itemsOf(answer["items"]) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
