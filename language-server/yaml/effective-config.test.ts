import { expect, test } from "vitest";
import { answerEffectiveConfig, yamlEffectiveConfig } from "./effective-config.ts";
import { yamlDesk } from "./testing/yaml-desk.ts";

test("the merged configuration of the layers, as text and as data", () => {
  const { context } = yamlDesk({
    "~/.tactus/config.yml": "default_model: a\n",
    "flows/a.tac.yml": "sandbox: { timeout: 60, network: bridge }\n",
  });
  const { text, config } = answerEffectiveConfig(context, "flows/a.tac");
  expect(text.split("\n")[0]).toBe("# Effective configuration of flows/a.tac");
  expect(text).toContain("timeout: 60  # from flows/a.tac.yml:1");
  expect(config.files).toEqual([
    { file: "~/.tactus/config.yml", trusted: true },
    { file: "flows/a.tac.yml", trusted: false },
  ]);
  expect(config.withheld).toMatchObject([{ path: ["sandbox", "network"], needs: "grant" }]);
});

test("what the editor says was granted counts, value by value and file by file", () => {
  const { context } = yamlDesk({
    ".tactus/config.yml": "sandbox: { network: other }\n",
    "flows/a.tac.yml": "sandbox: { timeout: 7200, network: bridge }\n",
  });
  const granted = [{ file: "flows/a.tac.yml", path: ["sandbox", "network"] }];
  const { text, config } = answerEffectiveConfig(context, "flows/a.tac", granted);
  expect(text).toContain("network: bridge  # from flows/a.tac.yml:1");
  expect(config.withheld.map(({ file, path }) => [file, path.join(".")])).toEqual([
    [".tactus/config.yml", "sandbox.network"],
    ["flows/a.tac.yml", "sandbox.timeout"],
  ]);
});

test("it is computed once for each list of layers", () => {
  const { context } = yamlDesk("default_model: a\n");
  expect(yamlEffectiveConfig(context)).toBe(yamlEffectiveConfig(context));
});

test("variables of the environment count as missing only where there is one", () => {
  const { context } = yamlDesk(`default_model: "\${NOWHERE}"\n`);
  expect(yamlEffectiveConfig(context).problems).toEqual([]);
  const asked = { ...yamlDesk(`default_model: "\${NOWHERE}"\n`).context, variable: () => undefined };
  expect(yamlEffectiveConfig(asked).problems).toMatchObject([{ code: "config-variable-unset", line: 1 }]);
});
