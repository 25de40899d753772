import { ok, type Result } from "#common/result.ts";
import { foldedName, obeyedReason as obeyedBy } from "#protocol/obeyed-files.ts";
import { denied, type FileRefusal } from "./workspace.ts";

/**
 * The one policy of paths, for `File.*` and `require`. What a path text may look like is decided here; where it leads
 * on the disk is `ConfinedFolder`'s part.
 */

const maximumPathLength = 1024;
const maximumNameBytes = 200;
/** Names that Windows gives to devices, with any ending. */
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/** The path in its normal form (`""` is the root), or why it is refused. */
export function normalPath(path: string): Result<string, FileRefusal> {
  if (path.length > maximumPathLength) return denied(path, "it is too long.");
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(path)) return denied(path, "it holds an invisible character.");
  if (/^([/~]|[A-Za-z]:)/.test(path) || /[\\:]/.test(path)) {
    return denied(path, "paths are relative to the workspace and use forward slashes.");
  }
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment === ".." && segments.pop() === undefined)
      return denied(path, "it leads out of the workspace.");
    if (segment === "..") continue;
    if (!isPlainName(segment)) return denied(path, `${JSON.stringify(segment)} is not a portable file name.`);
    segments.push(segment);
  }
  return ok(segments.join("/"));
}

/** A name that means the same file on every system. */
function isPlainName(name: string): boolean {
  return !/[. ]$/.test(name) && !deviceName.test(name) && Buffer.byteLength(name) <= maximumNameBytes;
}

/** Folders with the history and the journals of the workspace. */
const ownFolders = new Set([".git", ".tactus"]);

const secretFile =
  /^(\.env(\..*)?|.*\.env|\.envrc|[._]netrc|\.npmrc|\.yarnrc(\.yml)?|\.pypirc|\.pgpass|\.my\.cnf|\.htpasswd|\.dockercfg|\.vault-token|\.git-credentials|id_(rsa|dsa|ecdsa|ed25519).*|.*\.(pem|key|ppk|p12|pfx|jks|keystore|kdbx|asc|gpg|ovpn|tfstate|tfvars)|kubeconfig|(.*[-_.])?credentials(\.json)?|service[-_]account.*\.json|secrets?\.(json|ya?ml|toml|env))$/;
const secretFolder = new Set([".ssh", ".aws", ".gnupg", ".docker", ".kube", ".azure", ".gcloud"]);

/** Why a file of the workspace is never shown to a run; undefined when it may be. */
export function readProtection(path: string): string | undefined {
  const names = foldedNames(path);
  if (names.some((name) => ownFolders.has(name)))
    return "it belongs to the tools that watch over this folder.";
  if (names.some((name) => secretFile.test(name) || secretFolder.has(name))) return "it looks like a secret.";
  return undefined;
}

/** Why a file steers what a later run trusts or what a program of the machine executes; undefined when it does not. */
export function obeyedReason(path: string): string | undefined {
  return obeyedBy(foldedNames(path));
}

/**
 * Why a run may not write a file straight into the person's folder; undefined when it may. A confined run must not
 * leave behind what a later run trusts or what a program of the machine executes: procedures, sidecars, every hidden
 * file and folder (`.git`, `.tactus`, `.vscode`, `.github`, `.envrc` …), build files.
 */
export function writeProtection(path: string): string | undefined {
  const obeyed = obeyedReason(path);
  return obeyed ? `${obeyed}; use \`--workspace copy\` to review such a change.` : readProtection(path);
}

function foldedNames(path: string): string[] {
  return path.split("/").map(foldedName);
}
