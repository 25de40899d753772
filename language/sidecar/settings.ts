import { ceilingSettings } from "#language/sidecar/ceiling-settings.ts";
import { valueAt } from "#language/sidecar/config-path.ts";
import type { ConfigFile } from "#language/sidecar/config-schema.ts";
import { modelSettings } from "#language/sidecar/model-settings.ts";
import { sandboxSettings } from "#language/sidecar/sandbox-settings.ts";
import type { Setting, SettingContext } from "#language/sidecar/setting.ts";
import { spendingSettings } from "#language/sidecar/spending-settings.ts";
import { toolSettings } from "#language/sidecar/tool-settings.ts";

/** What a file asks for, measured against what the layers below it decided. */
export function settingsOf(file: ConfigFile, context: SettingContext): Setting[] {
  return [
    ...sandboxSettings(file.sandbox ?? {}, context),
    ...spendingSettings(file.limits ?? {}, context.below),
    ...ceilingSettings(file.ceilings ?? {}),
    ...modelSettings(file, context.trusted),
    ...toolSettings(file, context),
    ...inputSettings(file),
  ].map(withholdVariables(file));
}

/** Free, since a procedure could have these values as its own defaults. */
function* inputSettings({ inputs = {} }: ConfigFile): Generator<Setting> {
  for (const [name, value] of Object.entries(inputs)) {
    yield {
      path: ["inputs", name],
      capability: "input",
      target: name,
      needs: "free",
      apply: (config) => ({ ...config, inputs: { ...config.inputs, [name]: value } }),
    };
  }
}

/** A value that still holds `${NAME}` was not expanded, since its file may not read that variable. */
function withholdVariables(file: ConfigFile): (setting: Setting) => Setting {
  return (setting) => {
    const value = valueAt(file, setting.path);
    return /\$\{[A-Za-z_]\w*\}/.test(JSON.stringify(value) ?? "")
      ? { ...setting, needs: "trusted" }
      : setting;
  };
}
