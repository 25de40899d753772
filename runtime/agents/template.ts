import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { plainText } from "../schema/plain-text.ts";

const marker = /\{([A-Za-z_]\w*(?:\.\w+)*)\}/g;

/** Fills `{namespace.path}` markers; one that leads to nothing stays in the text. There are no escapes. */
export function renderTemplate(template: string, namespaces: JsonObject): string {
  return template.replace(marker, (whole, path: string) => {
    const value = path.split(".").reduce(step, namespaces);
    return value === undefined || value === null ? whole : plainText(value);
  });
}

/** Positions in lists count from 1, as in Lua. */
function step(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return value[Number(key) - 1];
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
