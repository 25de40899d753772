/**
 * Places that no mount may show or cover, whoever asks for it. The checker of configs knows them by their names; the
 * sandbox has the last word at the start of a run, with links resolved. Compared without case, since file systems of
 * other systems do.
 */

/** Neither the place, nor anything inside it, nor a folder that contains it. */
export const systemTrees: readonly string[] = [
  "/etc",
  "/proc",
  "/sys",
  "/dev",
  "/boot",
  "/run",
  "/var/run",
  "/var/lib/docker",
];

/** Not the place itself, nor a folder that contains it; what is inside may be mounted. */
export const wholeRoots: readonly string[] = ["/", "/home", "/root", "/Users", "/var", "/usr"];

/** Folders of keys, tokens, browsers and keyrings, relative to a home. */
export const secretFolders: readonly string[] = [
  ".ssh",
  ".aws",
  ".azure",
  ".docker",
  ".gnupg",
  ".kube",
  ".netrc",
  ".npmrc",
  ".password-store",
  ".mozilla",
  ".thunderbird",
  ".tactus",
  ".config/gcloud",
  ".config/gh",
  ".config/git",
  ".config/google-chrome",
  ".config/chromium",
  ".config/BraveSoftware",
  ".config/microsoft-edge",
  ".config/Code",
  ".config/tactus",
  ".local/share/keyrings",
  ".local/share/kwalletd",
  "snap/firefox",
  "Library/Keychains",
  "Library/Cookies",
  "Library/Application Support",
  "AppData",
];

/** Places of the sandbox image that a mount must not cover. */
export const imagePlaces: readonly string[] = [
  "/bin",
  "/dev",
  "/etc",
  "/lib",
  "/lib64",
  "/proc",
  "/runtime",
  "/sys",
  "/tmp",
  "/usr",
  "/workspace",
];

/** Whether the folder counts in any home, also in another person's: its name alone means secrets. */
export function isSecretName(folder: string): boolean {
  return folder.startsWith(".") && !folder.includes("/");
}
