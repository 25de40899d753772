import { isFieldValue } from "#language/sidecar/field-values.ts";
import { type ConfigRule, entriesAt, scalarAt, textAt } from "#language/sidecar/rules/config-rule.ts";
import { plainValue } from "#language/sidecar/yaml-value.ts";

/** Defaults of host tools' arguments that no call could give. */
export const hostToolDefaults: ConfigRule = function* ({ document }) {
  for (const tool of entriesAt(document, ["host_tools", "tools"])) {
    for (const { name } of entriesAt(document, ["host_tools", "tools", tool.name, "input"])) {
      const path = ["host_tools", "tools", tool.name, "input", name];
      const node = document.nodeAt([...path, "default"]);
      if (!node) continue;
      const { start, end } = node;
      const value = plainValue(node, document.aliases);
      const type = textAt(document, [...path, "type"])?.text ?? "";
      const values = plainValue(document.nodeAt([...path, "enum"]), document.aliases);
      const isAllowed =
        !Array.isArray(values) || values.some((each) => JSON.stringify(each) === JSON.stringify(value));
      const message = !isFieldValue(value, type)
        ? `The default of "${name}" is no ${type}.`
        : !isAllowed
          ? `The default of "${name}" is none of its values.`
          : scalarAt(document, [...path, "required"])?.value === true
            ? `"${name}" is required, so that its default is never used.`
            : undefined;
      if (message !== undefined) yield { start, end, code: "config-default-wrong", message };
    }
  }
};
