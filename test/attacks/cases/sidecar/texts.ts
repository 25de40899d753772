import { symlinkSync } from "node:fs";
import path from "node:path";
import { type Attack, outcome } from "../../attack.ts";
import { boundedAliases, brokenFileStops, linksRefused } from "../../controls/sidecar-controls.ts";
import { planOf } from "../../world/plan.ts";
import type { World } from "../../world/world.ts";

type Documents = typeof import("#language/sidecar/yaml-document.ts");

const common = { threat: "T13", places: ["host"] } satisfies Pick<Attack, "threat" | "places">;

/** Which of these sidecars a run would be started with. */
async function startedWith(world: World, sidecars: Readonly<Record<string, string>>) {
  const started: string[] = [];
  for (const [name, text] of Object.entries(sidecars)) {
    world.write({ "attack.tac.yml": text });
    if ((await planOf(world)).ok) started.push(name);
  }
  return outcome(started.length > 0, `a run would start with ${started.join(", ") || "none of them"}`);
}

/** Each level holds the one before nine times. */
function bomb(levels: number): string {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < levels; level++) {
    lines.push(
      `a${level}: &a${level} [${Array(9)
        .fill(`*a${level - 1}`)
        .join(", ")}]`,
    );
  }
  return `${lines.join("\n")}\n`;
}

export const attacks: readonly Attack[] = [
  {
    ...common,
    id: "sidecar-alias-bomb",
    title: "a few lines whose aliases stand for half a million values",
    success: "they are made",
    control: boundedAliases,
    attempt: async (world) => {
      const { parseYamlDocument } = await world.part<Documents>("language/sidecar/yaml-document.ts");
      const made = JSON.stringify(parseYamlDocument(bomb(6)).value)?.length ?? 0;
      return outcome(made > 1_000_000, `a value of ${made} characters was made`);
    },
  },
  {
    ...common,
    id: "sidecar-broken-on-purpose",
    title: "the part of a sidecar that protects is broken, so that defaults might take its place",
    success: "a run would start",
    control: brokenFileStops,
    attempt: (world) =>
      startedWith(world, {
        "an open bracket": "sandbox: { network: none, timeout: 5",
        "a wrong type": "sandbox: { timeout: soon }",
        "a tab": "sandbox:\n\ttimeout: 5\n",
      }),
  },
  {
    ...common,
    id: "sidecar-keys-nobody-knows",
    title: "misspelt keys, `__proto__`, keys that stand twice, a second document, tags",
    success: "a run would start",
    control: brokenFileStops,
    attempt: (world) =>
      startedWith(world, {
        "a misspelt key": "sandbox: { netwrok: none }",
        "a prototype": "sandbox: { __proto__: { network: bridge } }",
        "a key twice": "sandbox: { network: none, network: bridge }",
        "two documents": "sandbox: { network: none }\n---\nsandbox: { network: bridge }\n",
        "a tag": 'sandbox: !!js/function "function () {}"',
      }),
  },
  {
    ...common,
    id: "sidecar-link-to-a-host-file",
    threat: "T12",
    title: "the sidecar is a link to a file of the host, whose text an error may quote",
    success: "the text of the file is in what the person is told",
    control: linksRefused,
    attempt: async (world) => {
      symlinkSync(path.join(world.outside, "canary.txt"), path.join(world.folder, "attack.tac.yml"));
      const plan = await planOf(world);
      const told = plan.ok ? "a run would start" : plan.error.message;
      return outcome(told.includes(world.canaries.file), told.replace(world.canaries.file, "<the text>"));
    },
  },
];
