import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import type Docker from "dockerode";
import { extract, type Header } from "tar-stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ImageVariant, maximumImageBytes } from "#sandbox/docker/runtime-image.ts";
import { buildSandboxImage } from "#sandbox/sandbox-report.ts";
import type { SandboxSetup } from "#sandbox/setup.ts";
import { type DockerEngine, engineOfSuite } from "#test/support/docker-engine.ts";
import { clientOf } from "#test/support/docker-sandbox.ts";

/** The image as the engine has it. */

let engine: DockerEngine;
let client: Docker;
let folder: string;
let setup: SandboxSetup;

beforeAll(async () => {
  engine = await engineOfSuite();
  client = clientOf(engine);
  folder = mkdtempSync(path.join(tmpdir(), "tactus-image-"));
  const runtimeFolder = path.join(folder, "runtime");
  cpSync(path.resolve(import.meta.dirname, "stand-in"), runtimeFolder, { recursive: true });
  writeFileSync(path.join(runtimeFolder, "main.mjs.map"), "{}");
  setup = { runtimeFolder, dockerHost: engine.address, cacheFolder: path.join(folder, "cache") };
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await engine.dispose();
});

async function build(variant: ImageVariant = {}) {
  const built = await buildSandboxImage(setup, variant);
  if (!built.ok) throw new Error(built.error.message);
  return built.value;
}

/** The files of a container that was created from the image and never started. */
async function filesOf(image: string): Promise<Header[]> {
  const container = await client.createContainer({ Image: image });
  const headers: Header[] = [];
  const archive = extract();
  const content = (await container.getArchive({ path: "/" })) as Readable;
  content.pipe(archive);
  for await (const entry of archive) {
    headers.push({ ...entry.header, name: entry.header.name.replace(/^\.?\//, "") });
    entry.resume();
  }
  await container.remove();
  return headers;
}

test("the image holds Node, its libraries, the bundle and two account files: no shell, nothing set-user-id", async () => {
  const { image, bytes } = await build();
  expect(bytes).toBeLessThan(maximumImageBytes);
  const headers = await filesOf(image);
  const files = headers.filter(({ type }) => type === "file" || type === "symlink").map(({ name }) => name);
  const library =
    /^lib(64)?\/([\w-]+\/)?(ld-linux[\w-]*\.so\.\d|lib(atomic|c|dl|gcc_s|m|pthread|stdc\+\+)\.so\.\d)$/;
  const engineOwn = /^(\.dockerenv|etc\/(hosts|hostname|resolv\.conf|mtab)|dev\/.*)$/;
  const own = files.filter((name) => !library.test(name) && !engineOwn.test(name));
  expect(own.sort()).toEqual([
    "etc/group",
    "etc/passwd",
    "runtime/main.mjs",
    "runtime/probes.mjs",
    "runtime/worker.mjs",
    "usr/bin/node",
  ]);
  const special = headers.filter(({ mode, type }) => ((mode ?? 0) & 0o7000) !== 0 && type !== "directory");
  expect(special).toEqual([]);
  const ours = headers.filter(({ name }) => /^(usr|runtime|lib|lib64)\//.test(name));
  expect(ours.filter(({ mode, uid }) => ((mode ?? 0) & 0o222) !== 0 || uid !== 0)).toEqual([]);
});

test("the variant with Python adds the interpreter and what plugins use of its library, nothing that reaches out", async () => {
  const plain = new Set((await filesOf((await build()).image)).map(({ name }) => name));
  const { image, bytes } = await build({ python: true });
  expect(bytes).toBeLessThan(180e6);
  const headers = (await filesOf(image)).filter(({ name, type }) => type === "file" && !plain.has(name));
  const names = headers.map(({ name }) => name);
  const library = /^usr\/lib\/python3\.\d+\/(?!test|ctypes|sqlite3|tkinter|idlelib|ensurepip|site-packages)/;
  const shared = /^(usr\/)?lib(64)?\/([\w-]+\/)?(lib(bz2|expat|lzma|mpdec|z)\.so\.[\d.]+)$/;
  expect(
    names.filter((name) => !library.test(name) && !shared.test(name) && name !== "usr/bin/python3"),
  ).toEqual([]);
  expect(names).toContain("usr/bin/python3");
  expect(names.filter((name) => /\/_(ssl|ctypes|sqlite3|hashlib)\./.test(name))).toEqual([]);
  expect(headers.filter(({ mode, uid }) => ((mode ?? 0) & 0o7222) !== 0 || uid !== 0)).toEqual([]);
  await client.getImage(image).remove();
});

test("its settings name an ordinary user and the runtime, and bring no variable, volume or port", async () => {
  const { Config } = await client.getImage((await build()).image).inspect();
  expect(Config).toMatchObject({
    User: "65532:65532",
    WorkingDir: "/workspace",
    Entrypoint: ["/usr/bin/node"],
  });
  expect([Config.Env ?? [], Config.Volumes ?? null, Config.ExposedPorts ?? null]).toEqual([[], null, null]);
});

test("the same input is never built twice, another byte gives another image", async () => {
  const first = await build();
  expect(await build()).toEqual({ ...first, built: false });
  writeFileSync(path.join(setup.runtimeFolder, "main.mjs"), "process.exit(0);\n");
  const second = await build();
  expect(second.built).toBe(true);
  expect(second.image).not.toBe(first.image);
  for (const { image } of [first, second]) await client.getImage(image).remove();
});

test("what can't be made into an image is told with the reason", async () => {
  const script = await buildSandboxImage({
    ...setup,
    nodePath: path.resolve(import.meta.dirname, "../../bin/tactus-studio"),
  });
  const empty = await buildSandboxImage({ ...setup, runtimeFolder: path.join(folder, "nothing") });
  expect(script).toMatchObject({ ok: false, error: { code: "image-failed" } });
  expect(empty).toMatchObject({ ok: false, error: { code: "image-failed" } });
});
