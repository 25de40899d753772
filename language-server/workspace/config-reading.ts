import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { configurationFacts } from "#language/project/configuration-facts.ts";
import type { ConfigurationFacts } from "#language/project/project-view.ts";
import { readConfig } from "#language/sidecar/read-config.ts";

/** Everything that needs a YAML parser, in one module of its own so that it can be loaded late. */
export interface ConfigReading {
  check(text: string, uri: string): readonly Diagnostic[];
  facts(files: ReadonlyArray<{ readonly uri: string; readonly text: string }>): ConfigurationFacts;
}

export const configReading: ConfigReading = {
  check: (text, uri) => readConfig(text, uri).problems,
  facts: (files) => configurationFacts(files.map(({ uri, text }) => readConfig(text, uri).config)),
};
