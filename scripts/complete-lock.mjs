import { readFileSync, writeFileSync } from "node:fs";

/**
 * `npm run lock`, after a dependency changed: adds what `npm install` leaves out of the lock file when the registry at
 * hand serves only this platform's builds of a tool. Without them `npm ci` refuses the lock file everywhere. What an
 * entry needs is in the names: `@scope/tool-linux-arm64-musl` is for Linux on arm64 with musl.
 */
const file = "package-lock.json";
const lock = JSON.parse(readFileSync(file, "utf8"));
const systems = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const processors = {
  arm: "arm",
  arm64: "arm64",
  ia32: "ia32",
  ppc64: "ppc64",
  riscv64: "riscv64",
  s390x: "s390x",
  x64: "x64",
};

const added = [];
for (const owner of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
    const platform = platformOf(name);
    const place = `node_modules/${name}`;
    if (!platform || lock.packages[place] || !/^\d/.test(version)) continue;
    lock.packages[place] = { version, ...platform, ...(owner.dev && { dev: true }), optional: true };
    added.push(name);
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([one], [other]) => (one < other ? -1 : 1)),
);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added.length} packages of other platforms added to ${file}`);

/** Undefined for a package that is not built for one platform. */
function platformOf(name) {
  const words = name.split("/").at(-1).split("-");
  const os = systems.find((system) => words.includes(system));
  const cpu = words.map((word) => processors[word]).find((processor) => processor !== undefined);
  if (!os || !cpu) return undefined;
  const libc = words.includes("musl") || words.includes("musleabihf") ? { libc: ["musl"] } : {};
  return { os: [os], cpu: [cpu], ...libc };
}
