import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "vitest";

/** A server that is told of each effect by `POST /<name>`, and remembers which keys came with it. */
export interface EffectServer {
  /** A config that allows the host tool `effect`, which tells this server. */
  readonly config: string;
  /** Names of the effects and the idempotency keys that came with each, in order. */
  readonly effects: ReadonlyMap<string, readonly string[]>;
  /** All requests so far. */
  sent(): number;
  /** Leaves an effect without an answer until `release`, so that what asked for it is in its middle. */
  hold(effect: string): void;
  release(): void;
  forget(): void;
  dispose(): void;
}

const answerMilliseconds = 3;

export async function startEffectServer(): Promise<EffectServer> {
  const effects = new Map<string, readonly string[]>();
  let held = { effect: "", release: (): void => undefined, released: Promise.resolve() };
  const hold = (effect: string): void => {
    const { promise, resolve } = Promise.withResolvers<void>();
    held = { effect, release: resolve, released: promise };
  };
  const server = createServer((incoming, response) => {
    const effect = incoming.url ?? "";
    const key = String(incoming.headers["idempotency-key"]);
    effects.set(effect, [...(effects.get(effect) ?? []), key]);
    const answer = JSON.stringify({ effect, count: effects.size });
    const send = () => response.writeHead(200, { "content-type": "application/json" }).end(answer);
    const mayAnswer = effect === held.effect ? held.released : Promise.resolve();
    setTimeout(() => void mayAnswer.then(send), answerMilliseconds);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    config: configOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    effects,
    sent: () => [...effects.values()].flat().length,
    hold,
    release: () => held.release(),
    forget: () => effects.clear(),
    dispose: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const configOf = (url: string): string => `
host_tools:
  allow: [effect]
  tools:
    effect:
      request: { method: POST, url: "${url}/{name}" }
      input: { name: { type: string, required: true } }
      limits: { calls_per_minute: 100000 }
`;

/** Each of 20 effects once; one that was under way at a kill once more, with the same key. */
export function expectTwentyEffects({ effects, sent }: EffectServer, kills: number): void {
  expect(effects.size).toBe(20);
  expect(sent()).toBeLessThanOrEqual(20 + kills);
  for (const keys of effects.values()) expect(new Set(keys).size).toBe(1);
  expect(new Set([...effects.values()].flat()).size).toBe(20);
}
