import { type ClientCapabilities, PositionEncodingKind } from "vscode-languageserver";

const known: readonly PositionEncodingKind[] = [
  PositionEncodingKind.UTF16,
  PositionEncodingKind.UTF8,
  PositionEncodingKind.UTF32,
];

/** UTF-16, which costs nothing here, unless the client can't; else what it likes best. */
export function negotiatedEncoding(client: ClientCapabilities): PositionEncodingKind {
  const offered = client.general?.positionEncodings ?? [PositionEncodingKind.UTF16];
  if (offered.includes(PositionEncodingKind.UTF16)) return PositionEncodingKind.UTF16;
  return offered.find((encoding) => known.includes(encoding)) ?? PositionEncodingKind.UTF16;
}
