import type * as z from "zod";
import { AdapterProblem } from "../problems.ts";
import type { DebugSession } from "../session.ts";

/** What answers a command: arguments as they came in, the body of the response out. */
export type RequestHandler = (session: DebugSession, given: unknown) => Promise<object | undefined>;

/** A command whose arguments are checked before anything is done. */
export function request<Arguments>(
  schema: z.ZodType<Arguments>,
  answer: (
    session: DebugSession,
    given: Arguments,
    // biome-ignore lint/suspicious/noConfusingVoidType: most requests answer with nothing
  ) => Promise<object | undefined | void> | object | undefined | void,
): RequestHandler {
  return async (session, given) => {
    const read = schema.safeParse(given ?? {});
    if (!read.success) throw badArguments(read.error.issues);
    return (await answer(session, read.data)) ?? undefined;
  };
}

function badArguments(
  issues: ReadonlyArray<{ readonly path: PropertyKey[]; readonly message: string }>,
): AdapterProblem {
  const [issue] = issues;
  const where = issue && issue.path.length > 0 ? `'${issue.path.map(String).join(".")}': ` : "";
  return new AdapterProblem(
    "debug-arguments",
    `The request can't be read: ${where}${issue?.message ?? "bad arguments"}.`,
  );
}
