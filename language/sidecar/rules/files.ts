import { fileStart } from "#language/sidecar/file-start.ts";
import {
  type ConfigRule,
  entriesAt,
  type PlacedText,
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

/** Paths that lead nowhere. */
export const missingPaths: ConfigRule = function* ({ document, context }) {
  const { exists } = context;
  if (!exists) return;
  const paths: PlacedText[] = [
    ...textsAt(document, ["tool_paths"]),
    ...entriesAt(document, ["mcp_servers"]).flatMap(
      ({ name }) => textAt(document, ["mcp_servers", name, "cwd"]) ?? [],
    ),
    ...textsAt(document, ["sandbox", "volumes"]).flatMap((placed) => {
      const volume = parseVolume(placed.text);
      return volume.ok ? [{ ...placed, text: volume.value.host }] : [];
    }),
  ];
  for (const { text, node } of paths) {
    if (text.includes("${") || exists(text) !== false) continue;
    yield { ...node, code: "config-path-missing", message: `"${text}" does not exist.` };
  }
};
