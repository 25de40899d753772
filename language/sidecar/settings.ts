import { valueAt } from "#language/sidecar/config-path.ts";
import type { ConfigFile } from "#language/sidecar/config-schema.ts";
import { modelSettings } from "#language/sidecar/model-settings.ts";
import { sandboxSettings } from "#language/sidecar/sandbox-settings.ts";
import type { Setting, SettingContext } from "#language/sidecar/setting.ts";
import { toolSettings } from "#language/sidecar/tool-settings.ts";

/** What a file asks for, measured against what the layers below it decided. */
export function settingsOf(file: ConfigFile, context: SettingContext): Setting[] {
  return [
    ...sandboxSettings(file.sandbox ?? {}, context),
    ...modelSettings(file, context.trusted),
    ...toolSettings(file, context.file),
  ].map(withholdVariables(file));
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
