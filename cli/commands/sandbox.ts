import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";

export async function doctor(_options: { readonly json: boolean }): Promise<ExitCode> {
  return exitCodes.done;
}
export async function build(_options: { readonly json: boolean }): Promise<ExitCode> {
  return exitCodes.done;
}
export async function prune(_options: { readonly json: boolean }): Promise<ExitCode> {
  return exitCodes.done;
}
