import type * as vscode from "vscode";
import { passingNotice } from "../screen/notices.ts";
import { askText, chooseOne } from "../screen/quick-inputs.ts";

/** A provider whose key the person can keep in the editor, by the name of the usual environment variable. */
const keyNames: ReadonlyArray<readonly [provider: string, name: string]> = [
  ["OpenAI", "OPENAI_API_KEY"],
  ["Anthropic", "ANTHROPIC_API_KEY"],
  ["Google", "GOOGLE_API_KEY"],
  ["Amazon Bedrock", "AWS_BEARER_TOKEN_BEDROCK"],
];

/** Names of keys that a config may ask for: those of environment variables. */
const keyName = /^[A-Z][A-Z0-9_]{0,99}$/;

/**
 * API keys in the editor's secret storage. They are read on this side only, when a model is asked, and never cross
 * into the sandbox.
 */
export class ModelKeys {
  readonly #storage: vscode.SecretStorage;

  constructor(storage: vscode.SecretStorage) {
    this.#storage = storage;
  }

  /** The stored key, else the environment's. */
  async get(name: string): Promise<string | undefined> {
    return (await this.#storage.get(storageKey(name))) || process.env[name] || undefined;
  }

  /** Asks for a provider and its key; an empty key removes the stored one. */
  async ask(): Promise<void> {
    const name = await this.#pickName();
    if (!name) return;
    const key = await askText(`Key for ${name}`, {
      prompt: "Kept in the editor's secret storage. Leave it empty to remove the stored key.",
      password: true,
      ignoreFocusOut: true,
    });
    if (key === undefined) return;
    if (key.trim() === "") await this.#storage.delete(storageKey(name));
    else await this.#storage.store(storageKey(name), key.trim());
    passingNotice(key.trim() === "" ? `${name} removed` : `${name} stored`);
  }

  async #pickName(): Promise<string | undefined> {
    const stored = await Promise.all(keyNames.map(([, name]) => this.#storage.get(storageKey(name))));
    const rows = keyNames.map(([provider, name], index) => ({
      label: provider,
      description: name,
      detail: stored[index]
        ? "A key is stored"
        : process.env[name]
          ? "Taken from the environment"
          : "No key yet",
      value: name,
    }));
    const other = { label: "Other…", description: "a variable that your config names", value: undefined };
    const picked = await chooseOne<Chosen>(
      "Set Model API Key",
      [...rows, other].map((row) => ({ ...row, value: { name: row.value } })),
    );
    return picked && (picked.name ?? this.#askName());
  }

  #askName(): Promise<string | undefined> {
    return askText("Name of the variable", {
      prompt: "As `api_key_env` in the config names it, such as MY_PROVIDER_API_KEY",
      validateInput: (text) => (keyName.test(text) ? undefined : "Capital letters, digits and underscores."),
    });
  }
}

/** Without a name it is one that is typed. */
interface Chosen {
  readonly name: string | undefined;
}

function storageKey(name: string): string {
  return `tactus.modelKey.${name}`;
}
