import { fileURLToPath } from "node:url";
import type { McpServerDefinition } from "#protocol/wire/mcp.ts";
import type { ServerBehaviour } from "./behaviour.ts";

/** Path of the scripted server's program, for Node. */
export const scriptedProgram: string = fileURLToPath(new URL("./stdio.ts", import.meta.url));

/** The scripted server as config would define it. */
export function scriptedDefinition(
  behaviour: ServerBehaviour = {},
  more: Partial<McpServerDefinition> = {},
): McpServerDefinition {
  return {
    transport: {
      kind: "program",
      command: process.execPath,
      args: [scriptedProgram, JSON.stringify(behaviour)],
      environment: {},
    },
    startSeconds: 15,
    answerSeconds: 15,
    retries: 0,
    ...more,
  };
}
