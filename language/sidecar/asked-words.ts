import { isJsonObject, type Json } from "#common/json.ts";
import type { Setting } from "#language/sidecar/setting.ts";
import { parseVolume } from "#language/sidecar/volume.ts";

/** What a file asks for, its secrets hidden, as the words below read it. */
type Asked = Pick<Setting, "path" | "capability" | "target"> & { readonly value: Json };

/**
 * What a folder's file asks for in plain words, as the rest of a sentence whose subject is the file: "mounts ~/data,
 * writable". The words quote the file: whoever shows them escapes them.
 */
export function askedWords(asked: Asked): string {
  const words = wordsByCapability[asked.capability];
  return words ? words(asked) : `asks for ${asked.capability}: ${asked.target}`;
}

const wordsByCapability: Readonly<Record<string, (asked: Asked) => string>> = {
  isolation: ({ path }) =>
    path[1] === "enabled"
      ? "switches the container off: runs in a child process, which is weaker"
      : "takes back the stronger container that your config asks for",
  network: ({ target }) => `connects the sandbox to the network ${target}`,
  mount: mountWords,
  image: ({ target }) => `runs in another image: ${target}`,
  env: ({ target, value }) => `sets the variable ${target} to ${valueText(value)} inside the sandbox`,
  limit: ({ target }) => `raises a limit: ${target}`,
  model: modelWords,
  "tool.mcp": serverWords,
  "tool.plugin": ({ target }) => `starts the Python files of ${target} inside the sandbox`,
  "tool.host": ({ target, path }) =>
    path[1] === "allow"
      ? `calls your tool ${target}, which acts outside the sandbox`
      : `declares a tool that acts outside the sandbox: ${target}`,
  command: ({ target }) => `runs the command ${target} outside the sandbox, on this machine`,
  ceiling: ({ target }) => `sets a ceiling for grants: ${target}`,
  input: ({ target, value }) => `fills the input ${target} with ${valueText(value)}`,
};

function mountWords({ path, target }: Asked): string {
  const key = path[1];
  if (key === "mount_current_dir") return "lets the procedure write into this folder itself";
  const volume = parseVolume(target);
  if (!volume.ok) return `mounts ${target}`;
  const { host, container, mode } = volume.value;
  return `mounts ${host}, ${mode === "rw" ? "writable" : "read-only"}, at ${container}`;
}

function modelWords({ path, target, value }: Asked): string {
  const [section] = path;
  if (section === "providers") {
    const key = isJsonObject(value) ? value["api_key_env"] : undefined;
    return `sends requests to models to the provider ${target}${key === undefined ? "" : `, with your key ${valueText(key)}`}`;
  }
  if (section === "default_model" || section === "default_provider" || section === "default_toolsets")
    return `reads a variable of yours for \`${section}\`: ${valueText(value)}`;
  return `brings an API key or account of its own: ${target}`;
}

function serverWords({ target, path, value }: Asked): string {
  const server = String(path[1] ?? target);
  if (path[2] === "placement") return `holds your MCP server ${server} outside the sandbox`;
  if (!isJsonObject(value)) return `uses the MCP server ${target}`;
  const { command, args, url, env } = value;
  if (command === undefined)
    return url === undefined
      ? `uses the MCP server ${server}, which only your own config can define`
      : `connects to ${valueText(url)} as the MCP server ${server}`;
  const line = [command, ...(Array.isArray(args) ? args : [])]
    .map((part) => commandPart(part ?? ""))
    .join(" ");
  const place = value["placement"] === "host" ? "outside the sandbox, on this machine" : "inside the sandbox";
  const variables = isJsonObject(env) ? Object.keys(env) : [];
  const given = variables.length > 0 ? `, with the variables ${variables.join(", ")}` : "";
  return `starts the program ${line} ${place} as the MCP server ${server}${given}`;
}

/** A part with blanks or quotes is quoted, so that nobody takes it for several. */
function commandPart(part: Json): string {
  return typeof part === "string" && /^[^\s"'\\]+$/.test(part) ? part : JSON.stringify(part);
}

function valueText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
