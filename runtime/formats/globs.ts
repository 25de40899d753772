import picomatch from "picomatch";
import { asValue, type Conversion, type Converted } from "./conversion.ts";

/** Those of the paths that fit a pattern. */
export function filterPaths({ options }: Conversion): Converted {
  const { pattern, paths } = options;
  const fits = picomatch(String(pattern));
  return asValue(Array.isArray(paths) ? paths.filter((path) => typeof path === "string" && fits(path)) : []);
}
