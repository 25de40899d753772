/** What is known of a setting, place by place; VS Code's answer to `inspect`. */
interface InspectedSetting {
  readonly defaultValue?: unknown;
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

/**
 * What the person set on this machine. Settings that reach execution are declared for the machine alone, so VS Code
 * ignores a folder's; what a folder says is not even looked at here, should that declaration ever be lost.
 */
export function ownValue(setting: InspectedSetting | undefined): unknown {
  return setting?.globalValue ?? setting?.defaultValue;
}
