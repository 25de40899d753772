import { expect, test } from "vitest";
import { inDeclaredOrder } from "./declared-order.ts";
import type { FieldDescription } from "./field-description.ts";

const source = `local unit = 1
Procedure {
  input = {city = field.string{}, ["two words"] = field.string{},
    unit = field.string{}},
}`;

test("fields stand as the source has them; what is not in it comes last", () => {
  const fields = ["computed", "unit", "two words", "city"].map(
    (name): FieldDescription => ({ name, type: "string", required: false }),
  );
  expect(inDeclaredOrder(fields, source, 2).map(({ name }) => name)).toEqual([
    "city",
    "two words",
    "unit",
    "computed",
  ]);
});
