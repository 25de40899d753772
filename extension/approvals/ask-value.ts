import { readFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { type HumanQuestion, optionsOf } from "#protocol/humans/human-question.ts";
import {
  foreignLabel,
  type PickItem,
  type PromptTexts,
  promptPick,
  promptPicks,
  promptText,
} from "./prompts.ts";
import { textDetail } from "./question-text.ts";

/** A text, as it was typed. */
export function askText(
  question: HumanQuestion,
  texts: PromptTexts,
  signal: AbortSignal,
): Promise<string | undefined> {
  const placeholder = textDetail(question, "placeholder");
  return promptText(
    texts,
    {
      ...(placeholder === undefined ? {} : { placeholder }),
      ...(typeof question.default === "string" ? { value: question.default } : {}),
    },
    signal,
  );
}

/** One of the options, or several when the question says `multiple`. */
export async function askChoice(
  question: HumanQuestion,
  texts: PromptTexts,
  signal: AbortSignal,
): Promise<Json | undefined> {
  const items = pickItems(question);
  if (question.details["mode"] !== "multiple") return (await promptPick(texts, items, signal))?.value;
  const limits = {
    least: count(question.details["min"], 1),
    most: count(question.details["max"], items.length),
  };
  return (await promptPicks(texts, items, limits, signal))?.map(({ value }) => value);
}

/** Several questions in one, answered one after the other; closing one closes all. */
export async function askItems(
  question: HumanQuestion,
  { title }: PromptTexts,
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  const items = Array.isArray(question.details["items"])
    ? question.details["items"].filter(isJsonObject)
    : [];
  const answers: Record<string, Json> = {};
  for (const [index, item] of items.entries()) {
    const part = partOf(question, item);
    const texts = { title: `${title} ${index + 1} of ${items.length}`, prompt: part.message };
    const answer = await askPart(part, texts, signal);
    if (answer === undefined) return undefined;
    answers[part.id] = answer;
  }
  return answers;
}

function partOf(question: HumanQuestion, item: JsonObject): HumanQuestion {
  const { id, type, label, message, options } = item;
  const text = [label, message].filter((part) => typeof part === "string").join(": ");
  return {
    id: typeof id === "string" ? id : question.id,
    kind: type === "approval" || type === "select" ? type : "input",
    message: text,
    details: item,
    ...(Array.isArray(options) ? { options: [...options] } : {}),
    ...(item["default"] === undefined ? {} : { default: item["default"] }),
  };
}

async function askPart(
  part: HumanQuestion,
  texts: PromptTexts,
  signal: AbortSignal,
): Promise<Json | undefined> {
  if (part.kind === "select") return askChoice(part, texts, signal);
  if (part.kind !== "approval") return askText(part, texts, signal);
  const items = [
    { label: "Reject", value: false },
    { label: "Approve", value: true },
  ];
  return (await promptPick(texts, items, signal))?.value;
}

const largestUpload = 10 * 1024 * 1024;

/** A file that the person chooses: its name, size in bytes and text. */
export async function askUpload(question: HumanQuestion, { title }: PromptTexts): Promise<Json | undefined> {
  const several = question.details["multiple"] === true;
  const chosen = await vscode.window.showOpenDialog({
    title,
    canSelectMany: several,
    openLabel: "Hand Over",
  });
  if (!chosen) return undefined;
  const files = await Promise.all(
    chosen.map((uri) => uploaded(uri, count(question.details["max_size"], largestUpload))),
  );
  return several ? files : (files[0] ?? null);
}

async function uploaded(uri: vscode.Uri, largest: number): Promise<JsonObject> {
  const { size } = await vscode.workspace.fs.stat(uri);
  const name = path.basename(uri.fsPath);
  if (size > largest) return { name, size, error: `larger than ${largest} bytes` };
  return { name, size, text: await readFile(uri.fsPath, "utf8") };
}

function pickItems(question: HumanQuestion): readonly PickItem<Json>[] {
  return optionsOf(question).map(({ label, value }) => ({ label: foreignLabel(label), value }));
}

function count(value: Json | undefined, otherwise: number): number {
  return typeof value === "number" && value >= 0 ? Math.floor(value) : otherwise;
}
