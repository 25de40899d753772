import { loadavg } from "node:os";

/**
 * A fixed piece of work for this Node, best of seven in milliseconds, and the load: runs on a busy or another machine
 * can be told from a slow server.
 */
export function yardstick(): { readonly milliseconds: number; readonly load: number } {
  const times = Array.from({ length: 7 }, () => {
    const startedAt = performance.now();
    const words = Array.from({ length: 120_000 }, (_, index) =>
      String(Math.imul(index, 2_654_435_761) >>> 0),
    );
    words.sort();
    return performance.now() - startedAt;
  });
  return { milliseconds: Math.round(Math.min(...times)), load: Math.round((loadavg()[0] ?? 0) * 10) / 10 };
}
