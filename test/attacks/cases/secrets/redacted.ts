import { type Attack, outcome } from "../../attack.ts";
import { redaction } from "../../controls/secret-controls.ts";
import type { World } from "../../world/world.ts";

const common = {
  threat: "T18",
  control: redaction,
  places: ["embedded"],
} satisfies Pick<Attack, "threat" | "control" | "places">;

const agent = `worker = Agent { provider = "local", model = "gpt-4o-mini", system_prompt = "Work." }`;

function seenIn(text: string, secret: string, what: string) {
  const seen = text.includes(secret);
  return outcome(seen, `${what} ${seen ? "came out" : "did not come out"}`);
}

/** A host tool of the person's that answers with these bytes. */
function withTool(world: World, answer: string): void {
  world.write({
    "home/answer.txt": answer,
    "home/.tactus/config.yml": `host_tools:
  allow: [leak]
  tools:
    leak: { command: [cat, ${JSON.stringify(`${world.home}/answer.txt`)}], output: text }
`,
  });
}

const spreading = `Procedure { function()
  local text = Host.call("leak")
  Log.info(text)
  State.set("kept", text)
  Step.checkpoint(function() return text end)
  return { text = text, halves = { text:sub(1, 12), text:sub(13) } }
end }`;

export const attacks: readonly Attack[] = [
  {
    ...common,
    id: "secrets-quoted-by-the-provider",
    title: "the provider refuses a request and quotes the key in its answer",
    success: "the key is in the output or the journal",
    attempt: async (world) => {
      const body = { error: { message: `Incorrect API key provided: ${world.canaries.apiKey}` } };
      const { providers } = await world.model([{ kind: "status", status: 401, body }]);
      world.write({ "home/.tactus/config.yml": providers });
      const { text } = await world.procedure(
        `${agent}\nProcedure { function() local _, why = pcall(worker, { message = "hi" }) Log.info(tostring(why)) end }`,
      );
      return seenIn(text, world.canaries.apiKey, "the key");
    },
  },
  {
    ...common,
    id: "secrets-streamed-in-pieces",
    title: "a model streams the key in pieces of a few letters",
    success: "the pieces of the stream put together hold the key",
    attempt: async (world) => {
      const pieces = world.canaries.apiKey.match(/.{1,4}/g) ?? [];
      const { providers } = await world.model([{ kind: "answer", text: ["key: ", ...pieces, "."] }]);
      world.write({ "home/.tactus/config.yml": providers });
      const { events } = await world.procedure(
        `${agent}\nProcedure { function() return worker({ message = "hi" }) end }`,
      );
      const streamed = events.flatMap((event) => (event.type === "turn.delta" ? [event.text] : [])).join("");
      return seenIn(streamed, world.canaries.apiKey, "the key");
    },
  },
  {
    ...common,
    id: "secrets-in-an-answer-of-a-tool",
    title: "the answer of a tool holds the key; the procedure logs, keeps, checkpoints and returns it",
    success: "the key is in the output or in a file of the journal",
    attempt: async (world) => {
      withTool(world, `token=${world.canaries.apiKey};`);
      const { text } = await world.procedure(spreading);
      return seenIn(text, world.canaries.apiKey, "the key");
    },
  },
  {
    ...common,
    id: "secrets-in-another-form",
    title: "the answer of a tool holds the key as base64, which a plain search does not find",
    success: "its base64 is in the output or in a file of the journal",
    attempt: async (world) => {
      const encoded = Buffer.from(world.canaries.apiKey).toString("base64").replace(/=+$/, "");
      withTool(world, `basic ${encoded}`);
      const { text } = await world.procedure(spreading);
      return seenIn(text, encoded.slice(4, -4), "its base64");
    },
  },
];
