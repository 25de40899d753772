import type { Json } from "#common/json.ts";
import {
  type Decoded,
  DecodedFunction,
  DecodedHandle,
  type DecodedTable,
  decodedItems,
  decodedJson,
  isDecodedList,
  isDecodedTable,
} from "./decoded.ts";
import { shown } from "./field-problem.ts";

/** Reads the fields of a declaration and collects what is wrong with them, instead of stopping at the first. */
export class TableReader {
  readonly table: DecodedTable;
  readonly failures: string[];
  readonly #owner: string;

  /** `owner` begins each failure: `Agent 'clerk'`. A nested reader shares the list of failures. */
  constructor(table: DecodedTable, owner: string, failures: string[] = []) {
    this.table = table;
    this.#owner = owner;
    this.failures = failures;
  }

  has(field: string): boolean {
    return this.table[field] !== undefined;
  }

  text(field: string): string | undefined {
    return this.#read(field, "a text", (value) => (typeof value === "string" ? value : undefined));
  }

  boolean(field: string): boolean | undefined {
    return this.#read(field, "true or false", (value) => (typeof value === "boolean" ? value : undefined));
  }

  /** A number that is at least `minimum`. */
  number(field: string, minimum: number = Number.NEGATIVE_INFINITY): number | undefined {
    const least = Number.isFinite(minimum) ? ` of at least ${minimum}` : "";
    return this.#read(field, `a number${least}`, (value) =>
      typeof value === "number" && value >= minimum ? value : undefined,
    );
  }

  integer(field: string, minimum: number): number | undefined {
    return this.#read(field, `an integer of at least ${minimum}`, (value) =>
      typeof value === "number" && Number.isInteger(value) && value >= minimum ? value : undefined,
    );
  }

  choice<Choice extends string>(field: string, choices: readonly Choice[]): Choice | undefined {
    return this.#read(field, `one of ${choices.map((choice) => `"${choice}"`).join(", ")}`, (value) =>
      choices.find((choice) => choice === value),
    );
  }

  callback(field: string): DecodedFunction | undefined {
    return this.#read(field, "a function", (value) => (value instanceof DecodedFunction ? value : undefined));
  }

  list(field: string): readonly Decoded[] | undefined {
    return this.#read(field, "a list", (value) => (isDecodedList(value) ? decodedItems(value) : undefined));
  }

  texts(field: string): readonly string[] | undefined {
    return this.#read(field, "a list of texts", (value) => {
      const items = isDecodedList(value) ? decodedItems(value) : undefined;
      return items?.every((item) => typeof item === "string") ? items : undefined;
    });
  }

  /** A nested table, with its own reader. */
  nested(field: string): TableReader | undefined {
    return this.#read(field, "a table", (value) =>
      isDecodedTable(value) ? new TableReader(value, `${this.#owner}, '${field}'`, this.failures) : undefined,
    );
  }

  fail(field: string, message: string): void {
    this.failures.push(`${this.#owner}: field '${field}' ${message}`);
  }

  #read<Value>(
    field: string,
    expected: string,
    read: (value: Decoded) => Value | undefined,
  ): Value | undefined {
    const value = this.table[field];
    if (value === undefined || value === null) return undefined;
    const result = read(value);
    if (result === undefined) this.fail(field, `must be ${expected}, got ${shownDecoded(value)}.`);
    return result;
  }
}

function shownDecoded(value: Decoded): string {
  if (value instanceof DecodedFunction) return "a function";
  if (value instanceof DecodedHandle) return `a handle (${value.kind})`;
  const json: Json | undefined = decodedJson(value);
  return json === undefined ? "a table" : shown(json);
}
