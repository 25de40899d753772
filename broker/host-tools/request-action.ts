import { errorCode } from "#common/error-text.ts";
import { type Json, parseJsonSafely } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { SecretVariables } from "../secrets/secret-variables.ts";
import {
  filledJson,
  filledText,
  hasControlCharacter,
  TemplateProblem,
  type TemplateValues,
} from "./filled-template.ts";
import type { HostAction, PreparedCall } from "./host-tool.ts";
import type { RequestDeclaration } from "./host-tool-declaration.ts";
import { exchange, type HttpAnswer, type HttpRequest } from "./http-exchange.ts";
import { filledAddress } from "./request-address.ts";

export interface RequestActionOptions {
  readonly variables: SecretVariables;
  readonly maximumAnswerBytes: number;
}

/** Characters of a failed answer that are told. */
const maximumDetail = 500;

/** Sends a declared request over HTTP. */
export function requestAction(declaration: RequestDeclaration, options: RequestActionOptions): HostAction {
  const { secrets: names = [] } = declaration;
  return {
    prepare: (parameters) =>
      guarded((): Result<PreparedCall, string> => {
        const shown = filledRequest(declaration, { ...parameters, ...hiddenSecrets(names) });
        if (!shown.ok) return shown;
        return ok({
          shown: shownRequest(shown.value),
          async run({ signal, idempotencyKey }) {
            const secrets = await options.variables.readSecrets(names);
            const missing = names.find((name) => !Object.hasOwn(secrets, name));
            if (missing !== undefined) return fail(`was not called: its secret ${missing} is not set.`);
            const request = guarded(() => filledRequest(declaration, { ...parameters, ...secrets }));
            if (!request.ok) return request;
            const key = idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey };
            return send(
              { ...request.value, headers: { ...request.value.headers, ...key } },
              { maximumBytes: options.maximumAnswerBytes, signal, output: declaration.output },
            );
          },
        });
      }),
  };
}

/** What stands for each secret where a person reads the request. */
function hiddenSecrets(names: readonly string[]): TemplateValues {
  return Object.fromEntries(names.map((name) => [name, `(${name})`]));
}

function guarded<Value>(fill: () => Result<Value, string>): Result<Value, string> {
  try {
    return fill();
  } catch (problem) {
    if (!(problem instanceof TemplateProblem)) throw problem;
    return fail(problem.message);
  }
}

function filledRequest(declaration: RequestDeclaration, values: TemplateValues): Result<HttpRequest, string> {
  const url = filledAddress(declaration, values);
  if (!url.ok) return url;
  const { method, body: template } = declaration;
  const body = template === undefined ? undefined : (filledJson(template, values) ?? null);
  const headers = filledHeaders(declaration.headers ?? {}, values);
  if (body !== undefined) headers["content-type"] ??= "application/json";
  headers["accept"] ??= "application/json, text/*;q=0.9, */*;q=0.1";
  return ok({ method, url: url.value, headers, body: body === undefined ? undefined : JSON.stringify(body) });
}

function filledHeaders(
  templates: Readonly<Record<string, string>>,
  values: TemplateValues,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, template] of Object.entries(templates)) {
    const value = filledText(template, values, headerPart);
    if (value !== undefined) headers[name.toLowerCase()] = value;
  }
  return headers;
}

/** A line break would begin a header of its own. */
function headerPart(text: string, name: string): string {
  if (hasControlCharacter(text) || /[^\u0020-\u007e]/.test(text))
    throw new TemplateProblem(`was not called: '${name}' has characters that a header can't hold.`);
  return text;
}

function shownRequest({ method, url, headers, body }: HttpRequest): PreparedCall["shown"] {
  return {
    method,
    url: url.href,
    headers: { ...headers },
    ...(body !== undefined && { body: parseJsonSafely(body) }),
  };
}

async function send(
  request: HttpRequest,
  limits: {
    readonly maximumBytes: number;
    readonly signal: AbortSignal;
    readonly output: "json" | "text" | undefined;
  },
): Promise<Result<Json, string>> {
  try {
    const answer = await exchange(request, limits);
    return answer.ok ? resultOf(answer.value, limits.output) : answer;
  } catch (error) {
    if (limits.signal.aborted) return fail("was ended.");
    const code = error instanceof Error ? errorCode(error.cause) : undefined;
    return fail(`could not reach its server${code === undefined ? "" : ` (${code})`}.`);
  }
}

function resultOf(
  { status, type, text }: HttpAnswer,
  output: "json" | "text" | undefined,
): Result<Json, string> {
  if (status < 200 || status > 299) return fail(`got HTTP ${status}: ${text.slice(0, maximumDetail)}`.trim());
  const isJson = output === "json" || (output === undefined && /[/+]json$/.test(type));
  if (!isJson) {
    return output === "text" || type === "" || type.startsWith("text/")
      ? ok(text === "" ? null : text)
      : fail(`answered with ${type.slice(0, 60)}, which is neither JSON nor text.`);
  }
  if (text === "") return ok(null);
  try {
    return ok(parseJsonSafely(text));
  } catch {
    return fail("did not answer with JSON.");
  }
}
