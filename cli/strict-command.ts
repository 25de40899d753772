import type { Command, CommanderError } from "commander";
import { exitCodes } from "#protocol/exit-codes.ts";
import { UsageError } from "./usage-error.ts";

/** Ends the process, in the end. */
export type Exit = (code: number) => void;

/** Wrong usage is one line on standard error and exit code 2; help and version end with 0. */
export function strict(command: Command): Command {
  return command
    .allowExcessArguments(false)
    .configureOutput({ writeErr: () => {} })
    .exitOverride((error: CommanderError) => {
      if (error.exitCode === 0) throw new UsageError("", exitCodes.done);
      throw new UsageError(usageMessage(error, command));
    });
}

function usageMessage(error: CommanderError, command: Command): string {
  if (error.code === "commander.help") return `Which command? See \`${fullName(command)} --help\`.`;
  const message = error.message.replace(/^error: /, "").replaceAll(/\s*\n\s*/g, " ");
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.?!)]$/.test(message) ? "" : "."} See \`${fullName(command)} --help\`.`;
}

function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}
