/** Notification of the language server to the editor: how it is, and whether it is still reading the workspace. */
export const serverStatusMethod = "tactus/serverStatus";

export interface ServerStatus {
  readonly health: "ok" | "warning" | "error";
  /** Nothing goes on in the background. */
  readonly quiescent: boolean;
  readonly message?: string;
}
