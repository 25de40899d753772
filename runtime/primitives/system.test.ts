import { expect, test } from "vitest";
import { expectProgram } from "../testing/expect-program.ts";

test("an alert is a log event", () => {
  const { events } = expectProgram({
    name: "",
    body: "System.alert({message = 'hot', level = 'critical', source = 's'})",
    result: null,
  });
  expect(events).toMatchObject([
    { type: "log", level: "error", message: "hot", data: { alert: { source: "s" } } },
  ]);
});

test("an unknown level is refused", () => {
  expectProgram({ name: "", body: "System.alert({level = 'loud'})", fails: /Invalid alert level 'loud'/ });
});
