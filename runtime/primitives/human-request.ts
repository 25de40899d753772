import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import type { HumanAskParams } from "#protocol/wire/requests.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";

/** One way to ask a person. */
export interface HumanKind {
  readonly kind: HumanAskParams["kind"];
  /** The message when the call gives none; undefined: it must. */
  readonly message: string | undefined;
  /** Options that the call may leave out. */
  readonly defaults: JsonObject;
  /** The answer in a mocked run. */
  readonly automatic: Json;
  /** What the procedure gets of the answer. */
  readonly result: (answer: Json) => Json;
  /** Completes or refuses the options. */
  readonly prepare?: (options: JsonObject) => JsonObject;
}

const unchanged = (answer: Json): Json => answer;

/** Decisions of a review that names none: what they are called and what the procedure gets. */
const usualDecisions: readonly Json[] = [
  { label: "Approve", value: "approved", type: "action", style: "primary" },
  { label: "Reject", value: "rejected", type: "action", style: "danger" },
];

const inputs: HumanKind = {
  kind: "inputs",
  message: "Inputs requested",
  defaults: {},
  automatic: null,
  result: unchanged,
  prepare: (options) => ({ ...options, items: listedItems(options["items"]) }),
};

/** The functions of `Human` by name. */
export const humanKinds: Readonly<Record<string, HumanKind>> = {
  approve: {
    kind: "approval",
    message: "Approval requested",
    defaults: {},
    automatic: true,
    result: (answer) => answer === true,
  },
  input: {
    kind: "input",
    message: "Input requested",
    defaults: { placeholder: "" },
    automatic: "test input",
    result: unchanged,
  },
  review: {
    kind: "review",
    message: "Review requested",
    defaults: { artifact_type: "artifact", options: usualDecisions },
    automatic: { decision: "Approve" },
    result: unchanged,
    prepare: (options) => ({ ...options, options: reviewOptions(options["options"]) }),
  },
  select: {
    kind: "select",
    message: "Selection required",
    defaults: { options: [], mode: "single" },
    automatic: null,
    result: unchanged,
    prepare: (options) => (options["mode"] === "multiple" ? { min: 1, ...options } : options),
  },
  upload: {
    kind: "upload",
    message: "File upload requested",
    defaults: { multiple: false },
    automatic: null,
    result: unchanged,
    prepare: (options) => ({
      ...options,
      accept: acceptedKinds(options["accept"]),
      max_size: bytesOf(options["max_size"]),
    }),
  },
  escalate: {
    kind: "escalation",
    message: "Escalation required",
    defaults: { severity: "error" },
    automatic: { escalated: true },
    result: () => null,
  },
  multiple: inputs,
  inputs,
  custom: {
    kind: "custom",
    message: undefined,
    defaults: { data: {}, actions: {} },
    automatic: null,
    result: unchanged,
    prepare: (options) => {
      if (typeof options["component_type"] === "string") return options;
      throw new ProcedureFailure("lua-error", "Human.custom requires 'component_type' and 'message'.");
    },
  },
};

/** The request to the host: what it must understand by name, the rest as details that are only shown. */
export function humanRequest(kind: HumanKind, given: JsonObject): HumanAskParams {
  const completed = { ...kind.defaults, ...given };
  const options = kind.prepare ? kind.prepare(completed) : completed;
  const {
    message: _message,
    timeout,
    default: fallback,
    options: choices,
    config_key: _key,
    ...details
  } = options;
  return {
    kind: kind.kind,
    message: messageOf(kind, options),
    details,
    ...(Array.isArray(choices) ? { options: choices } : {}),
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(kind.kind === "escalation" ? {} : timeoutOf(timeout)),
  };
}

/** Without a timeout, and with 0, a question waits for as long as it takes. */
function timeoutOf(timeout: Json | undefined): { timeoutSeconds?: number } {
  if (timeout === undefined || timeout === 0) return {};
  if (typeof timeout === "number" && timeout > 0) return { timeoutSeconds: timeout };
  throw new ProcedureFailure("lua-error", "Human: 'timeout' must be a number of seconds.");
}

function messageOf(kind: HumanKind, options: JsonObject): string {
  const given = options["message"];
  if (typeof given === "string") return given;
  if (given === undefined && kind.message !== undefined) return kind.message;
  throw new ProcedureFailure(
    "lua-error",
    `Human: 'message' of a request of kind ${kind.kind} must be a text.`,
  );
}

/** Each option as a table with a label: `"approve"` becomes `{label = "Approve", type = "action"}`. */
function reviewOptions(options: Json | undefined): readonly Json[] {
  if (!Array.isArray(options)) return [];
  return options.map((option: Json) =>
    typeof option === "string" ? { label: titleCase(option), type: "action" } : option,
  );
}

/** Kinds of files as a list, however they are given. */
function acceptedKinds(accept: Json | undefined): readonly Json[] {
  if (typeof accept === "string") return accept.split(",").map((kind) => kind.trim());
  return Array.isArray(accept) ? accept : [];
}

const units: Readonly<Record<string, number>> = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

/** `10MB` and the like in bytes; what is no size counts as that. */
function bytesOf(size: Json | undefined): number {
  if (typeof size === "number" && size >= 0) return size;
  const [, count, unit = "B"] = /^\s*(\d+(?:\.\d+)?)\s*([KMG]?B)?\s*$/i.exec(String(size)) ?? [];
  const factor = units[unit.toUpperCase()] ?? 1;
  return count === undefined ? 10 * 1024 ** 2 : Math.floor(Number(count) * factor);
}

function titleCase(text: string): string {
  return text.replace(/[A-Za-z]+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
}

const requiredOfItem = ["id", "label", "type", "message"] as const;

/** The items of `Human.multiple`, with `required` filled in. */
function listedItems(given: Json | undefined): readonly Json[] {
  const items: readonly Json[] = Array.isArray(given) ? given : [];
  if (items.length === 0)
    throw new ProcedureFailure("lua-error", "Human.multiple requires at least one item.");
  const seen = new Set<Json>();
  return items.map((item) => {
    if (!isJsonObject(item)) throw new ProcedureFailure("lua-error", "Human.multiple: each item is a table.");
    for (const key of requiredOfItem) {
      if (item[key] === undefined) {
        throw new ProcedureFailure("lua-error", `Human.multiple: each item must have an '${key}' field.`);
      }
    }
    const id = item["id"] ?? null;
    if (seen.has(id)) throw new ProcedureFailure("lua-error", `Human.multiple: duplicate item ID: ${id}.`);
    seen.add(id);
    return { required: true, ...item };
  });
}
