import { createHash } from "node:crypto";
import type { DigestCache } from "./digest-cache.ts";
import type { ImageEntry } from "./image-entry.ts";

/** The repository name of our images; nothing else is ever tagged or removed under it. */
export const imageRepository = "tactus-studio-runtime";

/** The image's name: our repository and a hash of every path, mode and byte in it. */
export async function imageTag(entries: readonly ImageEntry[], digests: DigestCache): Promise<string> {
  const lines = await Promise.all(
    entries.map(async (entry) => `${entry.mode} ${await contentOf(entry, digests)} ${entry.path}`),
  );
  await digests.save();
  const hash = createHash("sha256").update(lines.join("\n")).digest("hex");
  return `${imageRepository}:${hash.slice(0, 24)}`;
}

async function contentOf(entry: ImageEntry, digests: DigestCache): Promise<string> {
  if (entry.kind === "folder") return "folder";
  if (entry.kind === "file") return digests.digest(entry.hostPath);
  return createHash("sha256").update(entry.text).digest("hex");
}
