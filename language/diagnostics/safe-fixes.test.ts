import { beforeAll, describe, expect, test } from "vitest";
import type { CatalogueEntry } from "#language/diagnostics/catalogue-entry.ts";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { check, withFixes } from "#language/diagnostics/expect-findings.ts";
import { prepareEmbedded } from "#language/diagnostics/prepare-embedded.ts";
import { procedureCatalogue } from "#language/diagnostics/procedure-catalogue.ts";

beforeAll(async () => {
  await prepareEmbedded();
});

/** A file in which nearly everything is written in an older form or misspelt. */
const neglected = `local dnoe = require("tactus.tools.dnoe")
---@diagnostic disable-next-line: unused-local
print("loading")
Tool "search" {
  source = "broker.host.ping",
  descripton = "Searches",
}
lookup = Tool {
  input = { query = { type = "string", description = "What" } },
  handler = function(args) return args.query end,
}
Agent "clerk" {
  provider = "openai",
  system_prompt = "Help.",
  temprature = 0.2,
  filter = filters.last_n(3),
  toolsets = { "search", lookup },
}
Toolset("web", { tools = { "search" } })
Procedure("sub", {
  input = { topic = { type = "string", required = true } },
}, function(input)
  return { topic = input.topic }
end)
Procedure {
  run = function()
    clerk.turn({ message = "go" })
    clerk:run("again")
    Human.inputs({ { id = "a", label = "A" } })
    return search({})
  end,
}
Specifications([[
Feature: Older forms
]])
`;

describe("all safe fixes together", () => {
  const examples = Object.entries<CatalogueEntry>(procedureCatalogue).map(([code, { wrong = "" }]) => [
    code,
    wrong,
  ]);
  test.for([["a neglected file", neglected], ...examples])("%s", ([, text = ""]) => {
    const before = check(text).diagnostics;
    const fixed = withFixes(text, safeFixes(before));
    const after = check(fixed).diagnostics;
    const hasSyntaxError = before.some(({ code }) => code === "syntax-error");
    if (!hasSyntaxError) expect(after.filter(({ code }) => code === "syntax-error")).toEqual([]);
    // What was mended is gone; names that are now declared may show more, which a second time mends.
    const mended = new Set(before.filter(isSafelyFixable).map(({ message }) => message));
    expect(after.filter(({ message }) => mended.has(message))).toEqual([]);
    expect(safeFixes(check(withFixes(fixed, safeFixes(after))).diagnostics)).toEqual([]);
  });

  test("mend what they are about", () => {
    const found = check(neglected).diagnostics.filter(isSafelyFixable);
    expect(new Set(found.map(({ code }) => code))).toEqual(
      new Set(["unknown-module", "unused-suppression", "removed-form", "deprecated-form", "unknown-field"]),
    );
    expect(withFixes(neglected, safeFixes(found))).toMatchInlineSnapshot(`
      "local dnoe = require("tactus.tools.done")
      print("loading")
      search = Tool {
        use = "broker.host.ping",
        description = "Searches",
      }
      lookup = Tool {
        input = { query = field.string{ required = true, description = "What" } },
        function(args) return args.query end,
      }
      clerk = Agent {
        provider = "openai",
        system_prompt = "Help.",
        temperature = 0.2,
        message_history = {filter = filters.last_n(3)},
        tools = { "search", lookup },
      }
      Toolset "web" { tools = { "search" } }
      Procedure "sub" {
        input = { topic = field.string{ required = true } }, function(input)
        return { topic = input.topic }
      end,
      }
      Procedure {
        function()
          clerk.turn({ message = "go" })
          clerk:run("again")
          Human.multiple({ { id = "a", label = "A" } })
          return search({})
        end,
      }
      Specification([[
      Feature: Older forms
      ]])
      "
    `);
  });
});

function isSafelyFixable({ fixes = [] }: Diagnostic): boolean {
  return fixes.some(({ isSafe }) => isSafe);
}

/** One of each finding, as the editor takes them for "fix all". */
function safeFixes(diagnostics: readonly Diagnostic[]) {
  return diagnostics.flatMap(({ fixes = [] }) => fixes.find(({ isSafe }) => isSafe) ?? []);
}
