import { isJsonObject } from "#common/json.ts";

/** From what the client counts lines and columns; here both count from 1. */
export interface ClientCounting {
  readonly lines: 0 | 1;
  readonly columns: 0 | 1;
}

/** Arguments of a request in our counting. What a launch holds belongs to the person, not to the protocol. */
export function fromClient(command: string, given: unknown, counting: ClientCounting): unknown {
  if (command === "launch" || command === "restart") return given;
  return shifted(given, 1 - counting.lines, 1 - counting.columns);
}

/** A body or an event in the client's counting. */
export function toClient<Body>(body: Body, counting: ClientCounting): Body {
  return shifted(body, counting.lines - 1, counting.columns - 1) as Body;
}

const lineFields: ReadonlySet<string> = new Set(["line", "endLine"]);
const columnFields: ReadonlySet<string> = new Set(["column", "endColumn"]);

function shifted(value: unknown, lines: number, columns: number): unknown {
  if (lines === 0 && columns === 0) return value;
  if (Array.isArray(value)) return value.map((item) => shifted(item, lines, columns));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      if (typeof field !== "number") return [name, shifted(field, lines, columns)];
      return [name, field + (lineFields.has(name) ? lines : columnFields.has(name) ? columns : 0)];
    }),
  );
}
