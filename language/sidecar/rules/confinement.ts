import { type ConfigRule, entriesAt, scalarAt, textAt } from "#language/sidecar/rules/config-rule.ts";

/** A network, and the weaker isolation. */
export const confinement: ConfigRule = function* ({ document }) {
  const network = textAt(document, ["sandbox", "network"]);
  if (network && network.text !== "none" && !/^(host|default)$/i.test(network.text)) {
    yield {
      ...network.node,
      code: "config-network-open",
      message: `On the network "${network.text}" a procedure can send out whatever it reads. Models and host tools need none: write \`none\`.`,
      fixes: [
        {
          title: "Replace with none",
          edits: [{ start: network.node.start, end: network.node.end, text: "none" }],
          isPreferred: true,
        },
      ],
    };
  }
  const enabled = scalarAt(document, ["sandbox", "enabled"]);
  if (enabled?.value === false) {
    yield {
      ...enabled,
      code: "config-sandbox-weak",
      message:
        "This asks for the embedded isolation, which is one wall where the container has several. It takes a grant, and is nothing for procedures from others.",
    };
  }
};

/** Endpoints that are spoken to without encryption, but those on this machine. */
export const plainAddresses: ConfigRule = function* ({ document }) {
  for (const [section, key] of [
    [["providers"], ["base_url"]],
    [["mcp_servers"], ["url"]],
    [
      ["host_tools", "tools"],
      ["request", "url"],
    ],
  ] as const) {
    for (const { name } of entriesAt(document, section)) {
      const address = textAt(document, [...section, name, ...key]);
      if (!address || !/^http:\/\//i.test(address.text) || isLocal(address.text)) continue;
      yield {
        ...address.node,
        code: "config-address-plain",
        message: "What is sent there, keys included, goes in clear text: use https.",
      };
    }
  }
};

function isLocal(address: string): boolean {
  return /^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\]|host\.docker\.internal)(:|\/|$)/i.test(address);
}
