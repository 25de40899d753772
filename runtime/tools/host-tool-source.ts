import type { Json, JsonObject } from "#common/json.ts";
import type { At } from "#protocol/events/events.ts";
import type { RequestAnswer } from "#protocol/wire/requests.ts";
import { RequestRefused, type RuntimePorts } from "../ports.ts";
import type { ExternalToolSource } from "./external-tools.ts";
import { type OfferedTool, ToolFailure } from "./offered-tool.ts";

const prefix = "broker";

/** Tools on the host, behind `use = "broker.<name>"`. The broker knows which there are and refuses the others. */
export function hostToolSource(ports: RuntimePorts): ExternalToolSource {
  const described = new Map<string, RequestAnswer<"host.describe">>();
  const describe = (name: string): RequestAnswer<"host.describe"> => {
    const description = described.get(name) ?? describeHostTool(ports, name);
    described.set(name, description);
    return description;
  };
  return {
    prefix,
    zone: "host",
    groups: () => [],
    find: (source) => {
      const name = source.slice(prefix.length + 1);
      if (name === "") return undefined;
      const tool: OfferedTool = {
        name,
        get description() {
          return describe(name).description;
        },
        get parameters() {
          return describe(name).parameters;
        },
        zone: "host",
        invoke: (parameters, caller) => ({
          value: callHostTool(ports, name, parameters, caller.by, caller.at),
        }),
      };
      return { kind: "tool", tool };
    },
  };
}

/** What the broker says of a tool. One that it refuses is refused when it is called, with an event: here it takes nothing. */
function describeHostTool(ports: RuntimePorts, tool: string): RequestAnswer<"host.describe"> {
  try {
    return ports.request("host.describe", { tool });
  } catch (thrown) {
    if (!(thrown instanceof RequestRefused) || thrown.code === "cancelled") throw thrown;
    return { description: "", parameters: { type: "object", properties: {} } };
  }
}

/** One host tool through the broker. Throws ToolFailure with the broker's code and reason. */
export function callHostTool(
  ports: RuntimePorts,
  tool: string,
  parameters: JsonObject,
  by: "agent" | "procedure",
  at: At | undefined,
): Json {
  try {
    return ports.request("host.call", { tool, arguments: parameters, by, ...(at ? { at } : {}) }).result;
  } catch (thrown) {
    if (!(thrown instanceof RequestRefused) || thrown.code === "cancelled") throw thrown;
    throw new ToolFailure(thrown.code, thrown.message, { cause: thrown });
  }
}
