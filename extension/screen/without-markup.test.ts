import { expect, test } from "vitest";
import { withoutMarkup } from "./without-markup.ts";

test("icons and links are broken up", () => {
  expect(withoutMarkup("$(flame) [go](command:x)")).toBe("$ (flame) [go] (command:x)");
});
