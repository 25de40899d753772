import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { RequestRefused } from "../ports.ts";

/** What the process says of a failure → the code that the procedure and the events see. */
const codes: Readonly<Record<string, string>> = {
  raised: "tool-failed",
  "arguments-invalid": "tool-failed",
  "result-invalid": "plugin-result-invalid",
  "tool-missing": "tool-missing",
};

/** The failure of one call, for the procedure and for models: what was raised, and the lines of the plugin. */
export function refusalOf(tool: string, error: Json | undefined): RequestRefused {
  const failure = isJsonObject(error) ? error : {};
  const code = codes[String(failure["code"])] ?? "tool-failed";
  return new RequestRefused(code, `${tool}: ${failureText(failure)}`);
}

/** A file or function that gives no tool, on one line. */
export function problemText(problem: JsonObject): string {
  const [first = ""] = failureText(problem).split("\n");
  const place = framesOf(problem).at(-1);
  const line = place && problem["subject"] === place["file"] ? ` (line ${String(place["line"])})` : "";
  return `Plugin ${String(problem["subject"])} gives no tool: ${first}${line}`;
}

/** Mistakes that the host of plugins finds itself are no exceptions of Python to people. */
const ownProblems: ReadonlySet<unknown> = new Set(["HintProblem", "ValueProblem", "ResultProblem", ""]);

function failureText(failure: JsonObject): string {
  const { type, message } = failure;
  const text = String(message ?? "no reason was given");
  const headline = ownProblems.has(type) ? text : text === "" ? String(type) : `${String(type)}: ${text}`;
  return [headline, ...framesOf(failure).map(frameLine)].join("\n");
}

function framesOf({ frames }: JsonObject): readonly JsonObject[] {
  return Array.isArray(frames) ? frames.filter(isJsonObject) : [];
}

function frameLine({ file, line, function: name, text }: JsonObject): string {
  const code = typeof text === "string" && text !== "" ? `: ${text}` : "";
  return `  ${String(file)}:${String(line)} in ${String(name)}${code}`;
}
