import * as z from "zod";
import { jsonValue } from "#protocol/json-value.ts";
import { debugNotice } from "./notices.ts";

/** What the sandbox says to whoever debugs it: answers to commands, by their id, and notices. */

const refusalCode = z.enum([
  "not-stopped",
  "not-found",
  "evaluation-failed",
  "has-side-effects",
  "value-invalid",
]);

const debugSaidSchemas = [
  z.object({ kind: z.literal("answer"), id: z.int(), value: jsonValue }),
  z.object({ kind: z.literal("refusal"), id: z.int(), code: refusalCode, message: z.string() }),
  z.object({ kind: z.literal("notice"), notice: debugNotice }),
] as const;
export const debugSaid: z.ZodDiscriminatedUnion<typeof debugSaidSchemas, "kind"> = z.discriminatedUnion(
  "kind",
  debugSaidSchemas,
);
export type DebugSaid = z.infer<typeof debugSaid>;

/** Why a stopped run refuses a command. */
export type DebugRefusalCode = z.infer<typeof refusalCode>;
