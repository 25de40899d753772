import { expect, test } from "vitest";
import { cursorPlace } from "#language/sidecar/cursor-place.ts";
import { sampleConfigs } from "#language/sidecar/testing/sample-configs.ts";
import { parseYamlDocument } from "#language/sidecar/yaml-document.ts";

/** The place at `‸` as `role path "word" taken`. */
function placeIn(marked: string): string {
  const offset = marked.indexOf("‸");
  const text = marked.replace("‸", "");
  const place = cursorPlace(parseYamlDocument(text), offset, "sidecar");
  if (!place) return "none";
  const { role, path, replace, taken } = place;
  const others = taken.size > 0 ? ` not ${[...taken].join(",")}` : "";
  return `${role} ${path.join(".") || "top"} "${text.slice(replace.start, replace.end)}"${others}`;
}

test.for<[string, string]>([
  // Block style
  ["‸", 'key top ""'],
  ["san‸", 'key top "san"'],
  ["default_model: x\nsan‸", 'key top "san" not default_model'],
  ["sandbox:\n  ‸", 'key sandbox ""'],
  ["sandbox:\n  netw‸", 'key sandbox "netw"'],
  ["sandbox:\n  timeout: 5\n  ‸\nhost_tools:\n", 'key sandbox "" not timeout'],
  ["sandbox:\n  timeout: 5\n  lim‸\n  network: none\n", 'key sandbox "lim" not timeout,network'],
  ["sandbox:\n  limits:\n    memory: 2g\n  ‸", 'key sandbox "" not limits'],
  ["sandbox:\n  limits:\n    memory: 2g\n    ‸", 'key sandbox.limits "" not memory'],
  ["sandbox:\n  limits:\n    memory: 2g\n‸", 'key top "" not sandbox'],
  ["sandbox:\n  net‸work: none", 'key sandbox "network"'],
  ["sandbox:\n  network:‸", 'value sandbox.network ""'],
  ["sandbox:\n  network: ‸", 'value sandbox.network ""'],
  ["sandbox:\n  network: no‸ne # why", 'value sandbox.network "none"'],
  ["sandbox:\n  network: ‸none", 'value sandbox.network "none"'],
  ['sandbox:\n  network: "no‸ne"', 'value sandbox.network "none"'],
  ['sandbox:\n  network: "no‸', 'value sandbox.network "no"'],
  ["sandbox:\n  network:\n    no‸", 'value sandbox.network "no"'],
  ["sandbox:\n  enabled: true\n    ‸", "none"],
  ["tool_paths:\n  - ‸", 'value tool_paths.0 ""'],
  ["tool_paths:\n  - ./a\n  - ./b‸", 'value tool_paths.1 "./b"'],
  ["tool_paths:\n- ./a\n- ‸", 'value tool_paths.1 ""'],
  ["mcp_servers:\n  files:\n    args:\n    - a\n    ‸", 'key mcp_servers.files "" not args'],
  ["mcp_servers:\n  files:\n    com‸", 'key mcp_servers.files "com"'],
  ["mcp_servers:\n  ‸", 'key mcp_servers ""'],
  ['"sand‸', 'key top "sand"'],
  ['"san‸d": 1', 'key top "sand"'],
  ["inputs:\n  a:\n  - b: 1\n    ‸", "none"],
  // Braces and brackets
  ["sandbox: {‸}", 'key sandbox ""'],
  ["sandbox: { ‸", 'key sandbox ""'],
  ["sandbox: { timeout: 5, net‸ }", 'key sandbox "net" not timeout'],
  ["sandbox: { network: no‸ }", 'value sandbox.network "no"'],
  ["sandbox: { limits: { mem‸ } }", 'key sandbox.limits "mem"'],
  ["sandbox: { limits: { memory: 2g, ‸", 'key sandbox.limits "" not memory'],
  ["sandbox: { limits: { memory: 2g }, ‸ }", 'key sandbox "" not limits'],
  ["tool_paths: [./a, ./b‸]", 'value tool_paths.1 "./b"'],
  ['tool_paths: ["./a", "./b‸"]', 'value tool_paths.1 "./b"'],
  ["tool_paths: [‸", 'value tool_paths.0 ""'],
  ["mcp_servers:\n  a:\n    args: [x,\n      ‸", 'value mcp_servers.a.args.1 ""'],
  ["sandbox: { timeout: 5 } ‸", 'value sandbox "{ timeout: 5 } "'],
  // The first line is empty
  ["\n  sandbox:\n    ‸", 'key sandbox ""'],
  ["\n‸", 'key top ""'],
  // Nothing to complete
  ["# sand‸", "none"],
  ["sandbox: # ‸", "none"],
  ["inputs:\n  topic: |\n    wor‸ds\n", "none"],
  ["sandbox: { network: none # ‸", "none"],
  // Broken elsewhere
  ["a: [\nsandbox:\n  netw‸", 'key sandbox "netw"'],
  ['x: "unclosed\nsandbox:\n  limits:\n    ‸', 'key sandbox.limits ""'],
  ["\tbad\nsandbox:\n  timeout: 5\n  netw‸\n}}}\n", 'key sandbox "netw" not timeout'],
  ["sandbox:\r\n  timeout: 5\r\n  netw‸\r\n", 'key sandbox "netw" not timeout'],
])("%j", ([marked, expected]) => {
  expect(placeIn(marked)).toBe(expected);
});

test("every place of every prefix is found without a throw, on one line and around the cursor", () => {
  for (const whole of sampleConfigs) {
    for (let length = 0; length <= whole.length; length++) {
      const text = whole.slice(0, length);
      const document = parseYamlDocument(text);
      for (const offset of [length, Math.max(0, length - 3), length >> 1]) {
        const place = cursorPlace(document, offset, "sidecar");
        if (!place) continue;
        const { start, end } = place.replace;
        expect(start <= offset && offset <= end, `${JSON.stringify(text)} at ${offset}`).toBe(true);
        expect(text.slice(start, end)).not.toContain("\n");
      }
    }
  }
});
