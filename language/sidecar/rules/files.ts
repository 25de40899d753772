import type { CheckContext } from "#language/sidecar/check-context.ts";
import { fileStart } from "#language/sidecar/file-start.ts";
import { resolveHostPath } from "#language/sidecar/host-path.ts";
import {
  type ConfigRule,
  entriesAt,
  type PlacedText,
  type RuleFinding,
  textAt,
  textsAt,
} from "#language/sidecar/rules/config-rule.ts";
import { parseVolume } from "#language/sidecar/volume.ts";

/** A sidecar that nothing reads: it has no procedure, or a name that is not looked for. */
export const loneSidecar: ConfigRule = function* ({ context, kind }) {
  if (kind !== "sidecar") return;
  const name = nameOf(context.file);
  const procedures = procedureNames(name);
  const isNamed = name.endsWith(".yml");
  if (isNamed && procedures.some((procedure) => context.exists?.(procedure) !== false)) return;
  yield {
    ...fileStart,
    code: "config-sidecar-alone",
    message: isNamed
      ? `There is no ${procedures.join(" or ")} beside this file: nothing reads it.`
      : `Nothing reads this file: a sidecar ends in .yml. Name it ${name.replace(/\.yaml$/, ".yml")}.`,
  };
};

/** The last part of a path or a URI. */
function nameOf(file: string): string {
  const last = file.split(/[\\/]/).at(-1) ?? file;
  return file.includes("://") ? decoded(last) : last;
}

/** `a.tac.yml` belongs to `a.tac`, and so does `a.yml`. */
function procedureNames(sidecar: string): string[] {
  const stem = sidecar.replace(/\.ya?ml$/, "");
  return stem.endsWith(".tac") ? [stem] : [`${stem}.tac`];
}

/** Editors name files by URIs, where a blank is `%20`. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A `%` that escapes nothing stands for itself.
    return segment;
  }
}

/** Paths that lead nowhere. A mount or plugin of one's own that does not exist stops the start of a run. */
export const missingPaths: ConfigRule = function* ({ document, context }) {
  const severity = context.isOwn ? { severity: "error" as const } : {};
  const others = [
    ...entriesAt(document, ["mcp_servers"]).flatMap(
      ({ name }) => textAt(document, ["mcp_servers", name, "cwd"]) ?? [],
    ),
    ...entriesAt(document, ["host_tools", "tools"]).flatMap(
      ({ name }) => textAt(document, ["host_tools", "tools", name, "module"]) ?? [],
    ),
  ];
  for (const placed of others) if (isMissing(placed.text, context)) yield missing(placed);
  for (const placed of textsAt(document, ["tool_paths"])) {
    if (isMissing(placed.text, context)) yield { ...missing(placed), ...severity };
  }
  for (const placed of textsAt(document, ["sandbox", "volumes"])) {
    const volume = parseVolume(placed.text);
    if (volume.ok && isMissing(volume.value.host, context))
      yield {
        ...missing({ ...placed, text: volume.value.host }),
        ...severity,
      };
  }
};

/** Where the home is not known, nothing is said of what lies in it. */
function isMissing(text: string, { exists, place = {} }: CheckContext): boolean {
  if (!exists || text.includes("${")) return false;
  const path = resolveHostPath(text, place);
  return !path.startsWith("~") && exists(path) === false;
}

function missing({ text, node }: PlacedText): RuleFinding {
  return { ...node, code: "config-path-missing", message: `"${text}" does not exist.` };
}
