import { z } from "zod";

const position = z.strictObject({ line: z.int().nonnegative(), character: z.int().nonnegative() });
const range = z.strictObject({ start: position, end: position });

/** What `check --json` prints. Stable: fields are added, never changed. */
export const checkReport = z.strictObject({
  diagnostics: z.array(
    z.strictObject({
      file: z.string(),
      range,
      severity: z.enum(["error", "warning", "information", "hint"]),
      code: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
      source: z.literal("tactus"),
      message: z.string(),
      related: z.array(z.strictObject({ file: z.string(), range, message: z.string() })).optional(),
      tags: z.array(z.enum(["unnecessary", "deprecated"])).optional(),
      /** How it can be mended, the likeliest first. A safe one can't change what a correct file means. */
      fixes: z
        .array(
          z.strictObject({
            title: z.string(),
            edits: z.array(z.strictObject({ range, text: z.string() })),
            isPreferred: z.boolean().optional(),
            isSafe: z.boolean().optional(),
          }),
        )
        .optional(),
    }),
  ),
  files: z.int().nonnegative(),
  errors: z.int().nonnegative(),
  warnings: z.int().nonnegative(),
});
