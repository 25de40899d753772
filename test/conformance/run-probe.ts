import { readFile } from "node:fs/promises";
import type { Json, JsonObject } from "#common/json.ts";
import type { FinishedMessage } from "#protocol/wire/messages.ts";
import { RequestRefused } from "#runtime/ports.ts";
import { runSource } from "#runtime/testing/run-source.ts";

/** Runs one probe to its end; people, agents and models answer automatically. */
export async function runProbe(file: string, input: Record<string, Json>): Promise<FinishedMessage> {
  const source = await readFile(file, "utf8");
  return runSource(source, { input, mock: true, answers: memoryWorkspace() }).finished;
}

/** The file requests of an empty workspace that forgets everything. */
function memoryWorkspace(): Record<"file.read" | "file.write" | "file.status", (params: JsonObject) => Json> {
  const files = new Map<Json | undefined, string>();
  return {
    "file.read": ({ path }) => {
      const text = files.get(path);
      if (text === undefined) throw new RequestRefused("file-not-found", `File not found: ${path}`);
      return { text };
    },
    "file.write": ({ path, text }) => {
      files.set(path, String(text));
      return { bytes: Buffer.byteLength(String(text)) };
    },
    "file.status": ({ path }) => ({
      exists: files.has(path),
      bytes: Buffer.byteLength(files.get(path) ?? ""),
    }),
  };
}
