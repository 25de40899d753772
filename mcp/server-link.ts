import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";

/** The way to one running server. */
export interface ServerLink {
  readonly transport: Transport;
  /** What the server wrote for people, at the end of its life: never shown to a procedure. */
  lastWords(): string;
  /** How it ended, as the end of a sentence ("ended with code 1"); undefined while it lives. */
  end(): string | undefined;
  /** Ends it; resolves when nothing of it is left. */
  close(): Promise<void>;
}
