import { isDeepStrictEqual } from "node:util";
import type Docker from "dockerode";
import { isJsonObject } from "#common/json.ts";
import type { IsolationUnavailable } from "../isolation.ts";

/** One setting that the engine did not take over as demanded. */
export interface SettingDifference {
  readonly setting: string;
  readonly demanded: unknown;
  readonly effective: unknown;
}

/** Host settings that an engine may leave empty where the system has no such control; the doctor shows them. */
const optionalHostSettings = new Set(["MemorySwappiness"]);

/** Paths that the engine must hide or write-protect in every container. */
const maskedPaths = ["/proc/kcore", "/proc/keys", "/proc/timer_list", "/sys/firmware"];
const readonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

/**
 * Compares a created container with what was demanded: every setting of the demand, one by one, and what must not be
 * there beside it (volumes that the image declares, added capabilities, devices, ports, binds, variables).
 */
export function settingDifferences(
  demanded: Docker.ContainerCreateOptions,
  effective: Docker.ContainerInspectInfo,
): SettingDifference[] {
  return [
    ...configDifferences(demanded, effective.Config),
    ...hostDifferences(demanded.HostConfig ?? {}, effective.HostConfig),
    ...hiddenPathDifferences(effective.HostConfig),
    ...absentDifferences(effective),
    ...mountDifferences(demanded.HostConfig?.Mounts ?? [], effective.Mounts),
  ];
}

/** The failure that lists the differences. */
export function settingsDiffer(differences: readonly SettingDifference[]): IsolationUnavailable {
  const lines = differences.map(
    ({ setting, demanded, effective }) =>
      `  ${setting}: demanded ${shortJson(demanded)}, got ${shortJson(effective)}`,
  );
  return {
    code: "settings-differ",
    message: `The engine did not apply the demanded settings, so nothing was run:\n${lines.join("\n")}`,
    remedy:
      "`sandbox doctor` shows which controls this engine lacks; use another engine, an image without volumes of its own, or `--isolation embedded`.",
  };
}

const plainConfigSettings = [
  "User",
  "Hostname",
  "WorkingDir",
  "Entrypoint",
  "Cmd",
  "Tty",
  "OpenStdin",
  "StdinOnce",
  "Image",
] as const;

function configDifferences(
  demanded: Docker.ContainerCreateOptions,
  effective: Docker.ContainerInspectInfo["Config"],
): SettingDifference[] {
  const plain = plainConfigSettings.flatMap((setting) =>
    difference(setting, demanded[setting], effective[setting]),
  );
  const labels = Object.entries(demanded.Labels ?? {}).flatMap(([name, value]) =>
    difference(`Labels.${name}`, value, effective.Labels[name]),
  );
  return [...plain, ...labels, ...environmentDifferences(demanded.Env ?? [], effective.Env ?? [])];
}

/** The engine adds a PATH by itself; what an image from the config brings beside it is not accepted. */
function environmentDifferences(
  demanded: readonly string[],
  effective: readonly string[],
): SettingDifference[] {
  const expected = new Set(demanded);
  const unexpected = effective.filter((entry) => !expected.has(entry) && !entry.startsWith("PATH="));
  const missing = demanded.filter((entry) => !effective.includes(entry));
  if (unexpected.length === 0 && missing.length === 0) return [];
  return [{ setting: "Env", demanded: names(demanded), effective: names(effective) }];
}

function names(environment: readonly string[]): string[] {
  return environment.map((entry) => entry.slice(0, entry.indexOf("=")));
}

function hostDifferences(demanded: Docker.HostConfig, effective: Docker.HostConfig): SettingDifference[] {
  const settings = new Map<string, unknown>(Object.entries(effective));
  return Object.entries(demanded)
    .filter(([setting]) => setting !== "Mounts")
    .filter(([setting]) => !(optionalHostSettings.has(setting) && isAbsent(settings.get(setting))))
    .flatMap(([setting, value]) => difference(setting, value, settings.get(setting)));
}

function hiddenPathDifferences({ MaskedPaths, ReadonlyPaths }: Docker.HostConfig): SettingDifference[] {
  const hidden = (demanded: readonly string[], effective: readonly string[] | undefined, setting: string) =>
    demanded.every((path) => effective?.includes(path)) ? [] : [{ setting, demanded, effective }];
  return [
    ...hidden(maskedPaths, MaskedPaths, "MaskedPaths"),
    ...hidden(readonlyPaths, ReadonlyPaths, "ReadonlyPaths"),
  ];
}

function absentDifferences({ Config, HostConfig }: Docker.ContainerInspectInfo): SettingDifference[] {
  const unwanted = {
    Volumes: Config.Volumes,
    CapAdd: HostConfig.CapAdd,
    Devices: HostConfig.Devices,
    DeviceRequests: HostConfig.DeviceRequests,
    DeviceCgroupRules: HostConfig.DeviceCgroupRules,
    Binds: HostConfig.Binds,
    VolumesFrom: HostConfig.VolumesFrom,
    PortBindings: HostConfig.PortBindings,
    GroupAdd: HostConfig.GroupAdd,
    Links: HostConfig.Links,
    ExtraHosts: HostConfig.ExtraHosts,
    Sysctls: HostConfig.Sysctls,
  };
  return Object.entries(unwanted)
    .filter(([, value]) => !isEmpty(value))
    .map(([setting, effective]) => ({ setting, demanded: "none", effective }));
}

function mountDifferences(
  demanded: Docker.MountConfig,
  effective: Docker.ContainerInspectInfo["Mounts"],
): SettingDifference[] {
  const shape = (target: string, source: string, readOnly: boolean) => ({ target, source, readOnly });
  const wanted = demanded.map(({ Target, Source, ReadOnly }) => shape(Target, Source, ReadOnly === true));
  const given = effective
    .filter(({ Type }) => Type !== "tmpfs")
    .map(({ Destination, Source, RW }) => shape(Destination, Source, !RW));
  const order = (mounts: ReturnType<typeof shape>[]) =>
    mounts.toSorted((one, other) => one.target.localeCompare(other.target));
  return difference("Mounts", order(wanted), order(given));
}

function difference(setting: string, demanded: unknown, effective: unknown): SettingDifference[] {
  const same = isEmpty(demanded)
    ? isEmpty(effective)
    : isDeepStrictEqual(withoutAbsent(demanded), withoutAbsent(effective));
  return same ? [] : [{ setting, demanded, effective }];
}

/** Engines spell "nothing" as null, false, 0, "", [] or {}, or leave the setting out. */
function isEmpty(value: unknown): boolean {
  if (isAbsent(value) || value === false || value === 0 || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Plain data without undefined members, so that prototypes and gaps do not count as differences. */
function withoutAbsent(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}

function shortJson(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
