import type { Entry } from "./entries.ts";

/** Model providers (language.md §2.1). A model can also be written with its provider: `openai/gpt-4o`, `openai:gpt-4o`. */
export const providers: readonly Entry[] = [
  { name: "openai", doc: "OpenAI; the host needs OPENAI_API_KEY." },
  { name: "anthropic", doc: "Anthropic; the host needs ANTHROPIC_API_KEY." },
  {
    name: "bedrock",
    doc: "Amazon Bedrock; the host needs AWS credentials and a region. Its models are named by their own ids.",
  },
  { name: "google", doc: "Google Gemini; the host needs GOOGLE_API_KEY or GEMINI_API_KEY." },
  { name: "gemini", doc: "The same as `google`." },
  { name: "google-gla", doc: "An older name of `google`.", deprecated: "google" },
  { name: "ollama", doc: "An Ollama server on the host; it needs no key." },
  { name: "vscode", doc: "The models of the editor, in runs that the editor starts.", since: "0.1.0" },
];

/** A model and who offers it. */
interface ModelIdEntry extends Entry {
  readonly provider: string;
}

function models(provider: string, maker: string, names: readonly string[]): ModelIdEntry[] {
  return names.map((name) => ({ name, provider, doc: `A model of ${maker}: \`"${provider}/${name}"\`.` }));
}

/** Models whose prices are known, for suggestions. Any other name is passed on to the provider. */
export const modelIds: readonly ModelIdEntry[] = [
  ...models("openai", "OpenAI", [
    "gpt-4o",
    "gpt-4o-mini",
    "gpt-4.1",
    "gpt-4.1-mini",
    "gpt-4.1-nano",
    "gpt-5",
    "gpt-5-mini",
    "gpt-5-nano",
    "o3",
    "o4-mini",
  ]),
  ...models("anthropic", "Anthropic", [
    "claude-opus-4-5",
    "claude-opus-4-1",
    "claude-sonnet-4-5",
    "claude-sonnet-4",
    "claude-haiku-4-5",
    "claude-3-5-haiku",
  ]),
  ...models("google", "Google", [
    "gemini-2.5-pro",
    "gemini-2.5-flash",
    "gemini-2.5-flash-lite",
    "gemini-2.0-flash",
  ]),
];
