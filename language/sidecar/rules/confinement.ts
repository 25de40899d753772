import { type ConfigRule, scalarAt, textAt } from "#language/sidecar/rules/config-rule.ts";

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
  const providers = document.nodeAt(["providers"]);
  if (providers?.kind !== "mapping") return;
  for (const { name } of providers.entries) {
    const address = textAt(document, ["providers", name, "base_url"]);
    if (!address || !/^http:\/\//i.test(address.text) || isLocal(address.text)) continue;
    yield {
      ...address.node,
      code: "config-address-plain",
      message: "Prompts and the provider's key are sent there in clear text: use https.",
    };
  }
};

function isLocal(address: string): boolean {
  return /^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\]|host\.docker\.internal)(:|\/|$)/i.test(address);
}
