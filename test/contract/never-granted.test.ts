import { expect, test } from "vitest";
import { openDesk } from "./studio.ts";

/**
 * The engine's socket, devices and namespaces of the machine: the person's own config can't have them either, and a
 * grant for everything changes nothing. Nothing is run.
 */
test.for([
  'volumes: ["/var/run/docker.sock:/engine.sock"]',
  'volumes: ["/run:/machine"]',
  'volumes: ["/dev:/devices"]',
  'volumes: ["/dev/null:/device"]',
  'volumes: ["/proc:/machine"]',
  'volumes: ["/sys:/machine"]',
  'volumes: ["/:/machine"]',
  'volumes: ["/tmp/../:/machine"]',
  "network: host",
  "network: HOST",
  'network: "container:other"',
  "privileged: true",
  'devices: ["/dev/kvm"]',
  'cap_add: ["SYS_ADMIN"]',
  'security_opt: ["seccomp=unconfined"]',
  "pid: host",
  "ipc: host",
  "uts: host",
  "userns_mode: host",
  "cgroupns: host",
])("sandbox: { %s }", async (setting) => {
  using desk = openDesk({
    "a.tac": 'Procedure { function() Log.info("it ran") end }\n',
    "home/.tactus/config.yml": `sandbox: { ${setting} }\n`,
  });
  const { code, stdout, stderr } = await desk.studio(["run", "a.tac", "--yes", "--json"]);
  expect(stdout).not.toContain("it ran");
  expect(stdout + stderr).toMatch(/refused|is not known|unknown|must be|never|not a key/i);
  // Refused as a config that can't be read, or as one that no sandbox is started for; never for want of an engine.
  expect(stdout + stderr).not.toContain("No container engine answers");
  expect([2, 3]).toContain(code);
});
