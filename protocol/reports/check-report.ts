import { z } from "zod";

const position = z.strictObject({ line: z.int().nonnegative(), character: z.int().nonnegative() });
const range = z.strictObject({ start: position, end: position });

/** What `check --json` prints. Stable: fields are added, never changed. */
export const checkReport = z.strictObject({
  diagnostics: z.array(
    z.strictObject({
      file: z.string(),
      range,
      severity: z.enum(["error", "warning", "information"]),
      code: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
      source: z.literal("tactus"),
      message: z.string(),
      related: z.array(z.strictObject({ file: z.string(), range, message: z.string() })).optional(),
    }),
  ),
  files: z.int().nonnegative(),
  errors: z.int().nonnegative(),
  warnings: z.int().nonnegative(),
});
