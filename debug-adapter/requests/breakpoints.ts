import type { DebugProtocol } from "@vscode/debugprotocol";
import * as z from "zod";
import { exceptionFilter, type PlacedBreakpoint } from "#protocol/debugging/breakpoints.ts";
import { expressionCharacters, maximumBreakpoints } from "#protocol/debugging/limits.ts";
import { nextCheckpointLine } from "../record/recorded-stops.ts";
import type { DebugSession } from "../session.ts";
import { type RequestHandler, request } from "./request.ts";

const expression = z.string().max(expressionCharacters);
const conditions = { condition: expression.optional(), hitCondition: z.string().max(100).optional() };
const some = <Item extends z.ZodType>(item: Item) => z.array(item).max(maximumBreakpoints);
const source = z.object({ path: z.string().optional() });

const lineBreakpoints = z.object({
  source,
  breakpoints: some(
    z.object({ line: z.int().positive(), logMessage: expression.optional(), ...conditions }),
  ).default([]),
});
const nameBreakpoints = z.object({
  breakpoints: some(z.object({ name: z.string().min(1).max(1000), ...conditions })),
});
const stateBreakpoints = z.object({
  breakpoints: some(z.object({ dataId: z.string().min(1).max(1000), ...conditions })),
});
const exceptionBreakpoints = z.object({
  filters: z.array(exceptionFilter).max(20).default([]),
  filterOptions: z
    .array(z.object({ filterId: exceptionFilter, condition: expression.optional() }))
    .max(20)
    .default([]),
});
const range = z.object({ source, line: z.int().positive(), endLine: z.int().positive().optional() });
const data = z.object({
  name: z.string(),
  variablesReference: z.int().optional(),
  frameId: z.int().optional(),
});

/** Requests that say where to stop. */
export const breakpointRequests: Readonly<Record<string, RequestHandler>> = {
  setBreakpoints: request(lineBreakpoints, async (session, { source: { path = "" }, breakpoints }) => ({
    breakpoints: await setLines(session, path, breakpoints),
  })),
  setFunctionBreakpoints: request(nameBreakpoints, async (session, given) => {
    const set = session.breakpoints.setNames(given.breakpoints);
    await session.live?.setNames(set);
    return { breakpoints: set.map(({ id }) => ({ id, verified: true })) };
  }),
  setDataBreakpoints: request(stateBreakpoints, async (session, given) => {
    const set = session.breakpoints.setState(given.breakpoints);
    await session.live?.setState(set);
    return { breakpoints: set.map(({ id }) => ({ id, verified: true })) };
  }),
  setExceptionBreakpoints: request(exceptionBreakpoints, async (session, { filters, filterOptions }) => {
    const conditional = filterOptions.map(({ filterId, condition }) => ({
      filter: filterId,
      ...(condition && { condition }),
    }));
    const set = [...filters.map((filter) => ({ filter })), ...conditional];
    session.breakpoints.exceptions = set;
    await session.live?.setExceptions(set);
    return { breakpoints: set.map(() => ({ verified: true })) };
  }),
  dataBreakpointInfo: request(data, ({ references }, { name, variablesReference }) => {
    const key = stateKey(name, references.get(variablesReference ?? 0)?.isState ?? false);
    if (key === undefined)
      return { dataId: null, description: "A run can stop when a key of the state is set, on nothing else." };
    return { dataId: key, description: `state.${key}`, accessTypes: ["write"], canPersist: true };
  }),
  breakpointLocations: request(range, async (session, { source: { path = "" }, line, endLine = line }) => {
    const file = session.sources.file(path);
    const lines = file === undefined ? [] : await linesBetween(session, file, { line, endLine });
    return { breakpoints: lines.map((found) => ({ line: found })) };
  }),
};

/** A key of the state by its row, or by an expression such as `state.total`. */
function stateKey(name: string, isState: boolean): string | undefined {
  if (isState) return name;
  return /^[Ss]tate\.([A-Za-z_]\w*)$/.exec(name.trim())?.[1];
}

async function linesBetween(
  session: DebugSession,
  file: string,
  { line, endLine }: { readonly line: number; readonly endLine: number },
): Promise<readonly number[]> {
  if (session.live) return session.live.linesBetween(file, line, endLine);
  const found = nextCheckpointLine(session.record, file, line);
  return found !== undefined && found <= endLine ? [found] : [];
}

type Wanted = z.infer<typeof lineBreakpoints>["breakpoints"];

async function setLines(
  session: DebugSession,
  path: string,
  wanted: Wanted,
): Promise<DebugProtocol.Breakpoint[]> {
  const file = session.sources.file(path);
  if (file === undefined)
    return wanted.map(({ line }) => ({
      verified: false,
      line,
      message: "A run stops only in .tac files of its workspace.",
    }));
  const set = session.breakpoints.setLines(file, wanted);
  if (session.live) return [...(await session.live.setLines(file, set))].map(shown);
  return set.map(({ id, line }) => {
    const found = nextCheckpointLine(session.record, file, line);
    if (found !== undefined) return { id, verified: true, line: found };
    return { id, verified: false, line, message: "Its line is looked for when the run begins." };
  });
}

function shown({ message, line, ...placed }: PlacedBreakpoint): DebugProtocol.Breakpoint {
  return { ...placed, ...(line !== undefined && { line }), ...(message !== undefined && { message }) };
}
