import type { Json, JsonObject } from "#common/json.ts";
import type { LuaFunction } from "#lua/engine.ts";
import type { FieldSchemas } from "../ports.ts";
import type { ToolCaller } from "./offered-tool.ts";

/** What runs when a tool is called. */
export type ToolBody =
  | { readonly kind: "lua"; readonly handler: LuaFunction }
  /** A tool of the standard library. */
  | { readonly kind: "native"; readonly run: (parameters: JsonObject, caller: ToolCaller) => Json }
  /** A tool from outside the VM, or a group of them, by its source (`mcp.files.read_file`). */
  | { readonly kind: "external"; readonly source: string };

/** A tool as the procedure or the standard library declares it. */
export interface DeclaredTool {
  /** Read late: assignment to a global gives the name. */
  readonly name: () => string;
  readonly description: string;
  readonly input: FieldSchemas;
  readonly body: ToolBody;
}
