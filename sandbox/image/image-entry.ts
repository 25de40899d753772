/** One entry of the image. A file's bytes are given, or lie in a file of this machine. */
export type ImageEntry =
  | { readonly kind: "folder"; readonly path: string; readonly mode: number }
  | { readonly kind: "text"; readonly path: string; readonly mode: number; readonly text: string }
  | { readonly kind: "file"; readonly path: string; readonly mode: number; readonly hostPath: string };
