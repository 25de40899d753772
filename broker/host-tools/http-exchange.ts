import { fail, ok, type Result } from "#common/result.ts";

/** One request as it is sent. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  /** Without parameters, in lower case; empty when the server names none. */
  readonly type: string;
  readonly text: string;
}

export interface HttpLimits {
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

const maximumRedirects = 5;

/**
 * Sends a request and reads the whole answer. Redirects are followed on the same origin only: secrets in the request
 * are meant for nobody else. A failure is the end of the sentence "Host tool 'x' …".
 */
export async function exchange(
  request: HttpRequest,
  limits: HttpLimits,
): Promise<Result<HttpAnswer, string>> {
  let current = request;
  for (let redirects = 0; redirects <= maximumRedirects; redirects++) {
    const response = await fetch(current.url, {
      method: current.method,
      headers: current.headers,
      ...(current.body !== undefined && { body: current.body }),
      redirect: "manual",
      signal: limits.signal,
    });
    if (!isRedirect(response)) return readAnswer(response, limits.maximumBytes);
    await response.body?.cancel();
    const next = redirected(current, response);
    if (!next) return fail("was redirected to another server, which is not followed.");
    current = next;
  }
  return fail("was redirected too often.");
}

function isRedirect({ status, headers }: Response): boolean {
  return [301, 302, 303, 307, 308].includes(status) && headers.has("location");
}

/** The request at its new address; undefined when that is of another origin. As browsers do, 303 and POST become GET. */
function redirected(request: HttpRequest, { status, headers }: Response): HttpRequest | undefined {
  const location = headers.get("location") ?? "";
  if (!URL.canParse(location, request.url)) return undefined;
  const url = new URL(location, request.url);
  if (url.origin !== request.url.origin) return undefined;
  const becomesGet = status === 303 || (status < 303 && request.method === "POST");
  if (!becomesGet) return { ...request, url };
  const { "content-type": _type, ...kept } = request.headers;
  return { method: "GET", url, headers: kept, body: undefined };
}

async function readAnswer(response: Response, maximumBytes: number): Promise<Result<HttpAnswer, string>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maximumBytes) return fail(`answered with more than ${maximumBytes} bytes.`);
    chunks.push(chunk);
  }
  const type = (response.headers.get("content-type") ?? "").split(";")[0] ?? "";
  return ok({
    status: response.status,
    type: type.trim().toLowerCase(),
    text: new TextDecoder().decode(Buffer.concat(chunks)),
  });
}
