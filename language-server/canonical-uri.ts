/**
 * One spelling for each URI of a file. Clients escape characters, and write the drive letters of Windows, in ways of
 * their own; files are known by the spelling that comes from here. URIs that are more than a path stay as they are.
 */
export function canonicalUri(uri: string): string {
  const parts = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)(\/[^?#]*)$/s.exec(uri);
  if (!parts) return uri;
  const [, host = "", path = ""] = parts;
  try {
    return `${host}${path.split("/").map(canonicalSegment).join("/")}`;
  } catch {
    // A `%` that escapes nothing: such a URI names no file, and is only ever compared with itself.
    return uri;
  }
}

/** Parameters of a request with every URI of a file in its canonical spelling; what the server sent as `data` stays. */
export function withCanonicalUris(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withCanonicalUris);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      if (key === "data") return [key, part];
      return [
        key,
        typeof part === "string" && uriKeys.has(key) ? canonicalUri(part) : withCanonicalUris(part),
      ];
    }),
  );
}

const uriKeys: ReadonlySet<string> = new Set(["uri", "oldUri", "newUri", "targetUri"]);

function canonicalSegment(segment: string, index: number): string {
  const name = decodeURIComponent(segment);
  return encodeURIComponent(index === 1 && /^[A-Za-z]:$/.test(name) ? name.toLowerCase() : name);
}
