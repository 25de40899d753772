import type { Entry } from "./entries.ts";

/** Model providers (language.md §2.1). A model can also be written with its provider: `openai/gpt-4o`, `openai:gpt-4o`. */
export const providers: readonly Entry[] = [
  { name: "openai", doc: "OpenAI; needs OPENAI_API_KEY on the host." },
  { name: "anthropic", doc: "Anthropic; needs ANTHROPIC_API_KEY on the host." },
  { name: "bedrock", doc: "Amazon Bedrock; needs AWS credentials on the host." },
  { name: "google", doc: "Google Gemini; needs GOOGLE_API_KEY on the host." },
  { name: "gemini", doc: "The same as google." },
  { name: "google-gla", doc: "The same as google." },
  { name: "ollama", doc: "A local Ollama server." },
  { name: "vscode", doc: "The models of the editor; only in runs that it starts." },
  { name: "mock", doc: "No model: answers come from Mocks." },
];
