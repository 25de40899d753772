import type { StaticFeature } from "vscode-languageclient";

/** Commands of ours that lenses of the server may start; a lens for any other is not shown. */
export function offeringCommands(commands: readonly string[]): StaticFeature {
  return {
    fillClientCapabilities: (capabilities) => {
      capabilities.experimental = { ...capabilities.experimental, commands: { commands } };
    },
    initialize: () => undefined,
    getState: () => ({ kind: "static" }),
    clear: () => undefined,
  };
}
