import type { Json, JsonObject } from "#common/json.ts";
import type { LuaFunction } from "#lua/engine.ts";
import type { ToolZone } from "#protocol/events/events.ts";
import type { FieldSchemas } from "../ports.ts";

/** What runs when a tool is called. */
export type ToolBody =
  | { readonly kind: "lua"; readonly handler: LuaFunction }
  /** A tool of the standard library. */
  | { readonly kind: "native"; readonly run: (parameters: JsonObject) => Json }
  /** A host tool, by the name that the broker knows. */
  | { readonly kind: "host"; readonly tool: string }
  /** A source that may be declared but not used yet. */
  | { readonly kind: "unavailable"; readonly source: string };

/** A tool as the procedure or the standard library declares it. */
export interface DeclaredTool {
  /** Read late: assignment to a global gives the name. */
  readonly name: () => string;
  readonly description: string;
  readonly input: FieldSchemas;
  readonly body: ToolBody;
}

/** Where a tool runs, for events and people. */
export function zoneOf(body: ToolBody): ToolZone {
  if (body.kind === "host") return "host";
  if (body.kind !== "unavailable") return "lua";
  return body.source.startsWith("mcp.") ? "mcp" : "plugin";
}
