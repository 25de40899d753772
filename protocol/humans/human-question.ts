import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import type { Result } from "#common/result.ts";
import type { HumanAskParams } from "../wire/requests.ts";
import { humanKinds } from "./human-kinds.ts";

/** A question to a person. Everything in it came from a procedure: it is shown as data, never as markup. */
export type HumanQuestion = HumanAskParams & {
  readonly id: string;
  /** The tool that waits for leave, where the host itself asks: no procedure can set it. */
  readonly hostTool?: string | undefined;
};

/**
 * The answer to a question, or to a part of it, as the procedure will get it; or what is wrong with it, in words for
 * the person who gave it.
 */
export type SettleAnswer = (question: HumanQuestion, given: Json) => Promise<Result<Json, string>>;

/** One thing to choose, as it is shown and as it is answered. */
export interface AnswerOption {
  readonly label: string;
  readonly value: Json;
  readonly description?: string;
  /** How a procedure wants it shown: `primary`, `danger`, `secondary` …. */
  readonly style?: string;
}

/** One of the questions of a batch. */
export interface QuestionItem {
  readonly label: string;
  readonly required: boolean;
  /** Its `id` is the key of its answer. */
  readonly question: HumanQuestion;
}

/** The options of a question: texts and other values, or tables with a label, a value or both. */
export function optionsOf({ options }: Pick<HumanQuestion, "options">): readonly AnswerOption[] {
  return (options ?? []).map((option) =>
    isJsonObject(option) ? tableOption(option) : { label: labelText(option), value: option },
  );
}

function tableOption({ label, value, description, style }: JsonObject): AnswerOption {
  return {
    label: labelText(label ?? value ?? ""),
    value: value ?? label ?? null,
    ...(typeof description === "string" && { description }),
    ...(typeof style === "string" && { style }),
  };
}

/** What can be done instead of answering a custom question; the value is the action's id. */
export function actionsOf({ details }: Pick<HumanQuestion, "details">): readonly AnswerOption[] {
  const actions = details["actions"];
  if (Array.isArray(actions)) {
    return optionsOf({
      options: actions.map((action: Json) =>
        isJsonObject(action) ? { ...action, value: action["id"] ?? action["value"] ?? null } : action,
      ),
    });
  }
  if (!isJsonObject(actions)) return [];
  return Object.entries(actions).map(([id, action]) =>
    isJsonObject(action)
      ? tableOption({ label: id, ...action, value: id })
      : { label: typeof action === "string" ? action : id, value: id },
  );
}

function labelText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Whether a selection takes a list of options. */
export function takesSeveral({ kind, details }: HumanQuestion): boolean {
  return kind === "select" ? details["mode"] === "multiple" : details["multiple"] === true;
}

const questionKinds: ReadonlySet<Json> = new Set(humanKinds);

/** Whether a text, from a journal or a procedure, is a kind of question. */
export function isQuestionKind(kind: Json): kind is HumanQuestion["kind"] {
  return questionKinds.has(kind);
}

/** The questions of a batch, each as one of its own. What is no table with an id is left out. */
export function itemsOf({ details, at }: HumanQuestion): readonly QuestionItem[] {
  const items = Array.isArray(details["items"]) ? details["items"].filter(isJsonObject) : [];
  return items.map((item) => ({
    label: labelText(item["label"] ?? item["id"] ?? ""),
    required: item["required"] !== false,
    question: { ...questionOf(item), ...(at && { at }) },
  }));
}

/** `metadata` of an item holds what is an option of the call where a question stands alone. */
function questionOf(item: JsonObject): HumanQuestion {
  const { id, type, message, options, default: preset, metadata, ...rest } = item;
  return {
    id: labelText(id ?? ""),
    kind: kindOf(type),
    message: labelText(message ?? ""),
    details: { ...(isJsonObject(metadata) && metadata), ...rest },
    ...(Array.isArray(options) && { options: [...options] }),
    ...(preset !== undefined && { default: preset }),
  };
}

/** A type that no screen knows is answered with a text. */
function kindOf(type: Json | undefined): HumanQuestion["kind"] {
  return type !== undefined && isQuestionKind(type) && type !== "inputs" ? type : "input";
}
