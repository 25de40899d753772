import { expect, test } from "vitest";
import { choose, labels } from "#language/completion/testing/complete.ts";

test.for([
  ["print", "local a = { b = 1 }\na.b.p<|>", "print(a.b)"],
  ["checkpoint", "function f(x)\n  x.<|>\nend", "Step.checkpoint(function() return x end)"],
  ["ifnot", "function f(x)\n  x.<|>\nend", "if not x then\n\t$0\nend"],
  ["return", 'function f(x)\n  g("$1").<|>\nend', 'return g("\\$1")'],
] as const)("a value is wrapped by .%s", ([label, source, wrapped]) => {
  expect(choose(source, label)).toContain(wrapped);
});

test.for(["local y = x.<|>", "x:<|>", "f(x.<|>)"])("nothing is wrapped in %s", (source) => {
  expect(labels(source)).not.toContain("ifnot");
});
