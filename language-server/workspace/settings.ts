import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";

/** Settings of the section `tactus` that the server looks at. */
export interface ServerSettings {
  readonly severity: Readonly<Record<string, Diagnostic["severity"] | "off">>;
  readonly inlayHints: {
    readonly types: boolean;
    readonly parameterNames: boolean;
    readonly offeredTools: boolean;
  };
  readonly codeLens: boolean;
  readonly format: { readonly lineWidth: number };
}

export const defaultSettings: ServerSettings = {
  severity: {},
  inlayHints: { types: true, parameterNames: true, offeredTools: true },
  codeLens: true,
  format: { lineWidth: 100 },
};

const severities = new Set(["error", "warning", "information", "hint", "off"]);

/** Reads what a client sends as the section `tactus`; what is missing or of a wrong kind is as by default. */
export function readSettings(section: unknown): ServerSettings {
  const root = mapping(section);
  const hints = mapping(root["inlayHints"]);
  const severity = Object.entries(mapping(mapping(root["diagnostics"])["severity"])).filter(
    (entry): entry is [string, ServerSettings["severity"][string]] => severities.has(String(entry[1])),
  );
  const lineWidth = mapping(root["format"])["lineWidth"];
  return {
    severity: Object.fromEntries(severity),
    inlayHints: {
      types: hints["types"] !== false,
      parameterNames: hints["parameterNames"] !== false,
      offeredTools: hints["offeredTools"] !== false,
    },
    codeLens: root["codeLens"] !== false,
    format: {
      lineWidth:
        typeof lineWidth === "number" && lineWidth >= 40 ? lineWidth : defaultSettings.format.lineWidth,
    },
  };
}

function mapping(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** The findings as the settings want them: those that are off are left out. */
export function applySeverities(
  diagnostics: readonly Diagnostic[],
  { severity }: ServerSettings,
): readonly Diagnostic[] {
  if (Object.keys(severity).length === 0) return diagnostics;
  return diagnostics.flatMap((diagnostic) => {
    const wanted = severity[diagnostic.code];
    if (wanted === undefined) return [diagnostic];
    return wanted === "off" ? [] : [{ ...diagnostic, severity: wanted }];
  });
}
