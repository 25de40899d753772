import { expect, test } from "vitest";
import { entryProcedure } from "./entry-procedure.ts";

test.for([
  [["main"], "main"],
  [["helper", "main"], "main"],
  [["helper"], "helper"],
  [["one", "two"], undefined],
  [[], undefined],
] as ReadonlyArray<readonly [readonly string[], string | undefined]>)(
  "%j starts with %s",
  ([names, entry]) => {
    expect(entryProcedure(names.map((name) => ({ name })))?.name).toBe(entry);
  },
);
