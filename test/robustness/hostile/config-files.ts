import assert from "node:assert/strict";
import fc from "fast-check";
import { effectiveConfig } from "#language/sidecar/effective-config.ts";
import { type ConfigLayer, resolveLayers } from "#language/sidecar/layers.ts";
import { readConfig } from "#language/sidecar/read-config.ts";
import { settings } from "../corpus.ts";
import { damagedJson, damagedText } from "./damaged.ts";
import type { Target } from "./hostile-input.ts";

const texts = [
  ...settings,
  "__proto__: { polluted: 1 }\nsandbox: { constructor: { prototype: { polluted: 1 } } }\n",
  "a: &a [1, 2]\nb: &b [*a, *a]\nc: [*b, *b]\n",
];
/** Files without an error that widen: JSON is YAML, and most parts of these can be damaged without breaking the file. */
const widening = [
  { sandbox: { image: "evil:latest", volumes: ["/etc:/etc"], network: "bridge", timeout: 60 } },
  { mcp_servers: { files: { command: "npx", args: ["-y", "server"] } }, tool_paths: ["./tools"] },
];
const context = { isGranted: () => false, variable: () => "set" };
const untouched = resolveLayers([], context).config;

/**
 * Whatever text a config file or sidecar holds, reading and merging it throw nothing, each finding lies in the text,
 * and a file without a grant gets no command, image or mount.
 */
export const configFiles: Target<readonly [string, boolean]> = {
  inputs: fc.tuple(fc.oneof(damagedText(texts), damagedJson(widening)), fc.boolean()),
  check: async ([text, isSidecar]) => {
    const file = isSidecar ? "a.tac.yml" : ".tactus/config.yml";
    const layers: readonly ConfigLayer[] = [{ read: readConfig(text, file), trusted: false }];
    const lines = text.split(/\r\n|\r|\n/).length;
    const { config, problems } = resolveLayers(layers, context);
    for (const { range, message } of problems) {
      assert.ok(range.start.line >= 0 && range.end.line < lines, `${message} lies beyond the text`);
      assert.ok(range.start.line <= range.end.line, `${message} ends before it starts`);
    }
    assert.deepEqual(config.mcpServers, untouched.mcpServers);
    assert.equal(config.sandbox.image, untouched.sandbox.image);
    assert.deepEqual(config.sandbox.volumes, untouched.sandbox.volumes);
    effectiveConfig(layers, context);
  },
};
