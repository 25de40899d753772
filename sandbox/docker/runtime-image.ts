import path from "node:path";
import type Docker from "dockerode";
import { errorText } from "#common/error-text.ts";
import { fail, ok, type Result } from "#common/result.ts";
import { findNode } from "../find-node.ts";
import { DigestCache } from "../image/digest-cache.ts";
import { imageArchive } from "../image/image-archive.ts";
import { imageContent, imageLayout } from "../image/image-content.ts";
import type { ImageEntry } from "../image/image-entry.ts";
import { imageRepository, imageTag } from "../image/image-tag.ts";
import { pythonFiles } from "../image/python-files.ts";
import type { IsolationUnavailable } from "../isolation.ts";
import { cacheFolder, type SandboxSetup } from "../setup.ts";
import { engineStatus, ignoreStatus } from "./engine-error.ts";

/** The largest image that is accepted, in bytes: Node itself has about 150 MB, Python 20. */
export const maximumImageBytes = 160e6;
const maximumPythonImageBytes = 180e6;

/** What the image of this installation is made of, and the name that follows from it. */
export interface RuntimeImage {
  readonly tag: string;
  readonly maximumBytes: number;
  readonly entries: readonly ImageEntry[];
}

/** Which of our images is meant. */
export interface ImageVariant {
  /** With Python, for runs with plugin tools. */
  readonly python?: boolean;
}

/**
 * Computes the name of an image, without an engine; milliseconds when its inputs are as they
 * were at the last call.
 */
export async function describeImage(
  setup: SandboxSetup,
  { python: withPython }: ImageVariant = {},
): Promise<Result<RuntimeImage, IsolationUnavailable>> {
  const node = await findNode(setup);
  if (!node.ok) return node;
  try {
    const python = withPython ? await pythonFiles() : ok(undefined);
    if (!python.ok) return fail(pythonMissing(python.error));
    const sources = { nodePath: node.value, runtimeFolder: setup.runtimeFolder, python: python.value };
    const content = await imageContent(sources);
    if (!content.ok) return fail(imageFailed(content.error));
    const digests = new DigestCache(path.join(cacheFolder(setup), "digests.json"));
    const maximumBytes = python.value ? maximumPythonImageBytes : maximumImageBytes;
    return ok({ tag: await imageTag(content.value, digests), maximumBytes, entries: content.value });
  } catch (error) {
    return fail(imageFailed(errorText(error)));
  }
}

/** Imports the image unless the engine has it. Returns true when it had to be built. */
export async function ensureImage(
  client: Docker,
  image: RuntimeImage,
): Promise<Result<{ readonly built: boolean; readonly bytes: number }, IsolationUnavailable>> {
  try {
    const existing = await inspectImage(client, image.tag);
    if (existing) return ok({ built: false, bytes: existing.Size });
    const problem = await importImage(client, image);
    const made = await inspectImage(client, image.tag);
    if (problem !== undefined || !made) return fail(imageFailed(problem ?? "the engine did not keep it"));
    if (made.Size <= image.maximumBytes) return ok({ built: true, bytes: made.Size });
    await client.getImage(image.tag).remove();
    return fail(imageFailed(`it has ${made.Size} bytes, more than ${image.maximumBytes}`));
  } catch (error) {
    return fail(imageFailed(errorText(error)));
  }
}

/** The failure of an image from the config that the engine does not have: it is never built or pulled for anyone. */
export function imageMissing(image: string): IsolationUnavailable {
  return {
    code: "image-failed",
    message: `The engine has no image ${JSON.stringify(image)}, which \`sandbox.image\` asks for.`,
    remedy: `Build or pull it yourself (it must hold Node at ${imageLayout.node} and the runtime in ${imageLayout.runtimeFolder}, as our own image does), or remove \`sandbox.image\` from the config.`,
  };
}

/** The failure of a start that makes no image. */
export const imageNotBuilt: IsolationUnavailable = {
  code: "image-failed",
  message: "The engine has no image of this version yet.",
  remedy: "The first run makes it, or `sandbox build`.",
};

/** Removes our images except the current ones; images of others, and ours that a container uses, stay. */
export async function removeOldImages(client: Docker, currentTags: readonly string[]): Promise<string[]> {
  const images = await client.listImages({ filters: { reference: [imageRepository] } });
  const old = images
    .flatMap(({ RepoTags }) => RepoTags ?? [])
    .filter((tag) => tag.startsWith(`${imageRepository}:`) && !currentTags.includes(tag));
  const removed = await Promise.all(
    old.map((tag) =>
      client
        .getImage(tag)
        .remove()
        .then(() => tag)
        .catch(ignoreStatus(404, 409)),
    ),
  );
  return removed.filter((tag) => tag !== undefined);
}

function inspectImage(client: Docker, tag: string): Promise<Docker.ImageInspectInfo | undefined> {
  return client.getImage(tag).inspect().catch(ignoreStatus(404));
}

/** Sends the archive. Returns what the engine complained about, which it does inside a successful answer. */
async function importImage(client: Docker, image: RuntimeImage): Promise<string | undefined> {
  const separator = image.tag.lastIndexOf(":");
  const progress = await client.importImage(imageArchive(image.entries), {
    repo: image.tag.slice(0, separator),
    tag: image.tag.slice(separator + 1),
    message: "Tactus Studio runtime",
    changes: [
      `USER ${imageLayout.user}:${imageLayout.user}`,
      `WORKDIR ${imageLayout.workspace}`,
      `ENTRYPOINT ["${imageLayout.node}"]`,
      `CMD ["${imageLayout.runtimeFolder}/main.mjs"]`,
    ],
  });
  return new Promise((resolve) => {
    client.modem.followProgress(progress, (error) => resolve(error ? errorText(error) : undefined));
  });
}

function imageFailed(reason: string): IsolationUnavailable {
  return {
    code: "image-failed",
    message: `The sandbox image could not be made: ${reason}`,
    remedy:
      "It is made of a Node binary for Linux, its libraries and dist/runtime: run `npm run build`, or name another Node binary. `--isolation embedded` needs no image.",
  };
}

function pythonMissing(reason: string): IsolationUnavailable {
  return {
    code: "image-failed",
    message: `The sandbox image with Python, which plugin tools need, could not be made: ${reason}.`,
    remedy: `Install Python with Debian's or Ubuntu's package manager (\`apt-get install python3\`), or name an image of your own that has ${imageLayout.python} under \`sandbox.image\`, or run without \`tool_paths\`.`,
  };
}

/** Whether the engine refused because it does not know the image. */
export function isMissingImage(thrown: unknown): boolean {
  return engineStatus(thrown) === 404;
}
