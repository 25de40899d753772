import type { ClientCapabilities } from "vscode-languageserver";
import type { PositionEncoding } from "./positions.ts";

/** UTF-16, which costs nothing here, unless the client can't; else what it likes best. */
export function negotiatedEncoding(client: ClientCapabilities): PositionEncoding {
  const offered: readonly string[] = client.general?.positionEncodings ?? [];
  if (offered.includes("utf-16")) return "utf-16";
  return offered.find((encoding) => encoding === "utf-8" || encoding === "utf-32") ?? "utf-16";
}
