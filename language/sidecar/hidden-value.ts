import type { Json } from "#common/json.ts";
import type { ConfigPath } from "#language/sidecar/config-path.ts";
import { keyEntryAt } from "#language/sidecar/schema-words.ts";
import { secretHeader, secretVariable } from "#language/sidecar/secret-names.ts";
import { hiddenText } from "#language/text-checks/hidden-keys.ts";
import { findSecrets } from "#language/text-checks/secrets.ts";

/** The value at a path as it may be shown: what is or looks like a secret is hidden, names of variables are not. */
export function hiddenValue(path: ConfigPath, value: unknown): Json {
  if (typeof value === "string") return isSecretText(path, value) ? hiddenText : value;
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((item, index) => hiddenValue([...path, index], item));
  if (typeof value !== "object" || value === null) return null;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, hiddenValue([...path, key], item)]),
  );
}

function isSecretText(path: ConfigPath, text: string): boolean {
  const name = String(path.findLast((step) => typeof step === "string") ?? "");
  if (findSecrets(text, name).length > 0) return true;
  if (/^\$\{\w+\}$/.test(text)) return false;
  if (keyEntryAt(path)?.isSecret) return true;
  if (path.includes("env") && secretVariable.test(name)) return true;
  return path.includes("headers") && secretHeader.test(name);
}
