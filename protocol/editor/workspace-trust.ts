/** Notification of the editor to the language server: whether the person trusts the folder. An editor that tells nothing does. */
export const workspaceTrustMethod = "tactus/workspaceTrust";

export interface WorkspaceTrust {
  readonly isTrusted: boolean;
}
