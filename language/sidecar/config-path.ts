/** Keys and list indices from the top of a document to a value. */
export type ConfigPath = ReadonlyArray<string | number>;

/** The part of a plain value at a path; undefined when there is none. */
export function valueAt(value: unknown, path: ConfigPath): unknown {
  return path.reduce<unknown>(
    (found, segment) =>
      typeof found === "object" && found !== null ? Reflect.get(found, segment) : undefined,
    value,
  );
}

/** Largest config file in bytes (UTF-8). */
export const maximumConfigBytes: number = 1024 * 1024;
