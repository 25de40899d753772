import { afterAll, describe, expect, test } from "vitest";
import type { PluginTool } from "#protocol/wire/plugins.ts";
import { readPlugins } from "#runs/session/plugins.ts";
import { PluginHost } from "#runtime/plugins/plugin-host.ts";
import { publishedFolder } from "./published-archive.ts";

/** The Python plugins among the published examples become tools, each with its description, and can be called. */

/** Arguments that each of them takes, and a part of what it answers. */
const calls: Readonly<Record<string, readonly [Readonly<Record<string, string | number>>, string]>> = {
  analyze_numbers: [{ numbers: "1, 2, 3" }, "Mean: 2.00"],
  calculate_mortgage: [{ principal: 200000, annual_rate: 5, years: 30 }, "$1,073.64"],
  compound_interest: [{ principal: 1000, annual_rate: 5, years: 10 }, "$1,647.01"],
  sentiment_analysis: [{ text: "good and great" }, "Positive"],
  tip_calculator: [{ bill_amount: 80.5, tip_percentage: 20 }, "$16.10"],
  web_search: [{ query: "x" }, "'x'"],
  wikipedia_lookup: [{ topic: "x" }, "x"],
  word_count: [{ text: "one two" }, "Words: 2"],
};

const folder = await publishedFolder({ package: "tactus", version: "0.39.0", folder: "examples" });

if (!folder.ok) {
  process.stderr.write(`SKIPPED: published plugins: ${folder.error}\n`);
  test.skip(`published plugins: ${folder.error}`, () => {});
} else {
  const demand = { text: "./tools", file: ".tactus/config.yml", line: 1, trusted: true };
  const read = await readPlugins([demand], folder.value);
  if (!read.ok) throw new Error(read.error.message);
  const { sources } = read.value;
  const host = new PluginHost({ plugins: { runnable: true, sources, withheld: [] }, onOutput: () => {} });
  const { tools, problems } = (await host.list()) as unknown as { tools: PluginTool[]; problems: string[] };

  describe("published plugins", () => {
    afterAll(() => host.dispose());

    test("all of them are tools, each parameter with its description", () => {
      expect(problems).toEqual([]);
      expect(tools.map(({ name }) => name).sort()).toEqual(Object.keys(calls));
      const undescribed = tools.flatMap(({ name, parameters }) =>
        Object.entries(parameters["properties"] ?? {}).flatMap(([parameter, schema]) =>
          "description" in schema ? [] : [`${name}.${parameter}`],
        ),
      );
      expect(undescribed).toEqual([]);
    });

    test.for(tools)("$name", async ({ module, name }) => {
      const [given, expected] = calls[name] ?? [{}, "nothing is expected of it"];
      const answer = await host.call({ module, name, arguments: given });
      expect(JSON.stringify(answer)).toContain(expected);
    });
  });
}
