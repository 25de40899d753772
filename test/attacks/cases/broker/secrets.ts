import { type Attack, outcome } from "../../attack.ts";
import { redaction } from "../../controls/secret-controls.ts";
import { request, TakenWire } from "../../world/taken-wire.ts";

const common = { threat: "T18", control: redaction, places: ["host"] } satisfies Pick<
  Attack,
  "threat" | "control" | "places"
>;

export const attacks: readonly Attack[] = [
  {
    ...common,
    id: "broker-secret-in-every-form",
    title: "events and the result hold a secret as it is, URL-encoded, in base64 at any offset and as a name",
    success: "one of the forms is in the journal or the result",
    attempt: async (world) => {
      const secret = `${world.canaries.variable}/+ "x"`;
      const forms = [
        secret,
        encodeURIComponent(secret),
        ...["", "a", "ab"].map((before) => base64Of(before, secret)),
      ];
      const wire = await TakenWire.greeted(world, { secrets: [secret] });
      const inNames = Object.fromEntries(forms.map((form) => [`<${form}>`, form]));
      const usage = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };
      await wire.say(
        { kind: "event", event: { type: "log", level: "info", message: forms.join(" "), data: inNames } },
        { kind: "event", event: { type: "output", stream: "stderr", text: forms.join(" ") } },
        { kind: "finished", status: "failed", usage, error: { code: "lua-error", message: forms.join(" ") } },
      );
      const seen = JSON.stringify([wire.events, await wire.outcome]);
      const out = forms.filter((form) => seen.includes(JSON.stringify(form).slice(6, -6)));
      return outcome(out.length > 0, `${out.length} of ${forms.length} forms came out`);
    },
  },
  {
    ...common,
    id: "broker-secret-in-a-refusal",
    title: "asks for a method and for a tool named like a secret, so that the refusals and the log repeat it",
    success: "the secret comes back or is in the journal",
    attempt: async (world) => {
      const secret = world.canaries.apiKey;
      const wire = await TakenWire.greeted(world, { secrets: [secret], hostTools: {} });
      const call = request(2, "host.call", { tool: secret, by: "procedure", arguments: {} });
      await wire.say(request(1, secret, {}), call);
      await wire.replied(2);
      const seen = JSON.stringify([wire.events, wire.received]).includes(secret);
      return outcome(seen, `the secret ${seen ? "came out" : "did not come out"}`);
    },
  },
  {
    ...common,
    id: "broker-unknown-key-in-pieces",
    title:
      "a model streams what looks like a key, and is nobody's that the host knows, in pieces of a few letters",
    success: "the pieces that are shown make up the key",
    attempt: async (world) => {
      const key = ["sk", "stranger", world.marker.text, world.marker.text].join("-");
      const pieces = ["its key is ", ...(key.match(/.{1,5}/g) ?? []), "."];
      const wire = await TakenWire.greeted(world, { streamed: pieces });
      const ask = {
        turn: 1,
        agent: "worker",
        provider: "openai",
        model: "gpt-4o-mini",
        messages: [],
        tools: [],
      };
      await wire.say(request(1, "model.generate", { ...ask, settings: {} }));
      await wire.replied(1);
      const shown = wire.events
        .flatMap((event) => (event.type === "turn.delta" ? [event.text] : []))
        .join("");
      return outcome(
        shown.includes(world.marker.text),
        `shown: ${shown.replaceAll(world.marker.text, "<part>")}`,
      );
    },
  },
];

/** What stands for the secret in the base64 of a text around it; the edges also carry bits of their neighbours. */
function base64Of(before: string, secret: string): string {
  return Buffer.from(`${before}${secret}`).toString("base64").replace(/=+$/, "");
}
