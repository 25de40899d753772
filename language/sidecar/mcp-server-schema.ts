import * as z from "zod";
import {
  address,
  expecting,
  flag,
  retries,
  seconds,
  text,
  texts,
  variableName,
} from "#language/sidecar/value-schemas.ts";

const fields = z.strictObject({
  command: text.optional(),
  args: texts.optional(),
  env: expecting("a mapping of variables to texts", z.record(variableName, z.string())).optional(),
  cwd: text.optional(),
  url: address.optional(),
  headers: expecting("a mapping of header names to texts", z.record(z.string(), z.string())).optional(),
  placement: expecting("one of sandbox, host", z.enum(["sandbox", "host"])).optional(),
  tools: expecting("a list of tool names, `*` for any characters", z.array(text)).optional(),
  timeout: seconds.optional(),
  read_timeout: seconds.optional(),
  max_retries: retries.optional(),
  broker: flag.optional(),
  transport: expecting("`broker`", z.literal("broker")).optional(),
});

export type McpServerConfig = z.infer<typeof fields>;

/** Keys that say something of a program, and of an address. */
const programKeys = ["args", "env", "cwd"] as const;

/**
 * A program, an address, or the server of this name in the person's own config. What runs on the host says which of its
 * tools may be called, since nothing else stands between them and a procedure.
 */
export const mcpServer: z.ZodType<McpServerConfig> = expecting(
  "a mapping with `command` or `url`",
  fields.superRefine((server, context) => {
    const problem = problemOf(server);
    if (problem) context.addIssue({ code: "custom", path: [problem.key], message: problem.expected });
  }),
);

/** Where an MCP server lives unless its config says: a program in the sandbox, an address is reached from the host. */
export function placementOf({ placement, url }: McpServerConfig): "sandbox" | "host" {
  return placement ?? (url === undefined ? "sandbox" : "host");
}

function problemOf(
  server: McpServerConfig,
): { readonly key: keyof McpServerConfig; readonly expected: string } | undefined {
  const { command, url, headers, tools, broker, transport } = server;
  if (command === undefined && url === undefined) {
    const isReference = broker === true || transport !== undefined;
    return isReference ? undefined : { key: "command", expected: "text" };
  }
  if (command !== undefined && url !== undefined)
    return { key: "url", expected: "left out beside `command`" };
  const stray = command === undefined ? programKeys.find((key) => server[key] !== undefined) : undefined;
  if (stray) return { key: stray, expected: "left out beside `url`" };
  if (command !== undefined && headers !== undefined)
    return { key: "headers", expected: "left out beside `command`" };
  if (placementOf(server) === "sandbox" || tools !== undefined) return undefined;
  return {
    key: "tools",
    expected: 'a list of the tools that may be called ("*" for all), since the server is held on the host',
  };
}
