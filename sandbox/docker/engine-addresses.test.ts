import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { engineAddresses, engineSockets } from "./engine-addresses.ts";

const folder = mkdtempSync(path.join(tmpdir(), "tactus-context-"));
afterAll(() => rmSync(folder, { recursive: true }));

const contextFolder = path.join(
  folder,
  "contexts",
  "meta",
  createHash("sha256").update("colima").digest("hex"),
);
mkdirSync(contextFolder, { recursive: true });
writeFileSync(path.join(folder, "config.json"), '{"currentContext":"colima"}');
writeFileSync(
  path.join(contextFolder, "meta.json"),
  '{"Name":"colima","Endpoints":{"docker":{"Host":"unix:///colima/docker.sock"}}}',
);

test.for<{ name: string; setting?: string; environment: NodeJS.ProcessEnv; expected: string[] }>([
  {
    name: "a setting",
    setting: "unix:///a",
    environment: { DOCKER_HOST: "unix:///b" },
    expected: ["unix:///a"],
  },
  {
    name: "the variable",
    environment: { DOCKER_HOST: "unix:///b", DOCKER_CONFIG: folder },
    expected: ["unix:///b"],
  },
  {
    name: "the selected context",
    environment: { DOCKER_CONFIG: folder },
    expected: ["unix:///colima/docker.sock"],
  },
  {
    name: "a context of the environment that does not exist",
    environment: { DOCKER_CONFIG: folder, DOCKER_CONTEXT: "gone", XDG_RUNTIME_DIR: "/run/user/7" },
    expected: expect.arrayContaining(["unix:///var/run/docker.sock", "unix:///run/user/7/docker.sock"]),
  },
  {
    name: "the default context",
    environment: { DOCKER_CONFIG: folder, DOCKER_CONTEXT: "default" },
    expected: expect.arrayContaining(["unix:///var/run/docker.sock"]),
  },
])("$name decides which engine is used", ({ setting, environment, expected }) => {
  expect(engineAddresses(setting, environment).map(({ url }) => url)).toEqual(expected);
});

test("all sockets of engines are known to the mount policy, also the ones that are not used", () => {
  const sockets = engineSockets(undefined, { DOCKER_HOST: "unix:///b/docker.sock" });
  expect(sockets).toEqual(expect.arrayContaining(["/b/docker.sock", "/var/run/docker.sock"]));
});
