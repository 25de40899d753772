/** The script of a worker as text; the build makes one of the file behind the colon. */
declare module "inline-worker:*" {
  export const script: string;
}
