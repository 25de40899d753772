/** The two files of one vocabulary: for a folder, a person or a machine; and for one procedure. */
export type ConfigKind = "config" | "sidecar";

/** Which of the two a file is, by its name. Separators may be those of any system. */
export function configKindOf(file: string): ConfigKind {
  return /(^|[\\/])config\.ya?ml$/.test(file) ? "config" : "sidecar";
}
