import type { CheckContext } from "#language/sidecar/check-context.ts";
import { fileStart } from "#language/sidecar/file-start.ts";
import {
  type ConfigRule,
  entriesAt,
  type PlacedText,
  type RuleFinding,
  textAt,
  textsAt,
} from "#language/sidecar/rules/config-rule.ts";
import { parseVolume } from "#language/sidecar/volume.ts";

/** A sidecar without its procedure. */
export const loneSidecar: ConfigRule = function* ({ context, kind }) {
  if (kind !== "sidecar" || !context.exists) return;
  const procedures = procedureNames(context.file);
  if (procedures.some((name) => context.exists?.(name) !== false)) return;
  yield {
    ...fileStart,
    code: "config-sidecar-alone",
    message: `There is no ${procedures.join(" or ")} beside this file: nothing reads it.`,
  };
};

/** `a.tac.yml` belongs to `a.tac`, and so does `a.yml`. */
function procedureNames(sidecar: string): string[] {
  const name = sidecar.split(/[\\/]/).at(-1) ?? sidecar;
  const stem = name.replace(/\.ya?ml$/, "");
  return stem.endsWith(".tac") ? [stem] : [`${stem}.tac`];
}

/** Paths that lead nowhere. A mount of one's own that does not exist stops the start of a run. */
export const missingPaths: ConfigRule = function* ({ document, context }) {
  const { exists } = context;
  if (!exists) return;
  const others = [
    ...textsAt(document, ["tool_paths"]),
    ...entriesAt(document, ["mcp_servers"]).flatMap(
      ({ name }) => textAt(document, ["mcp_servers", name, "cwd"]) ?? [],
    ),
  ];
  for (const placed of others) if (isMissing(placed, exists)) yield missing(placed);
  for (const placed of textsAt(document, ["sandbox", "volumes"])) {
    const volume = parseVolume(placed.text);
    const host = volume.ok && { ...placed, text: volume.value.host };
    if (host && isMissing(host, exists))
      yield { ...missing(host), ...(context.isOwn && { severity: "error" as const }) };
  }
};

function isMissing({ text }: PlacedText, exists: NonNullable<CheckContext["exists"]>): boolean {
  return !text.includes("${") && exists(text) === false;
}

function missing({ text, node }: PlacedText): RuleFinding {
  return { ...node, code: "config-path-missing", message: `"${text}" does not exist.` };
}
