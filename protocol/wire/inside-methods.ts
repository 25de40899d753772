/**
 * Methods that are answered inside the sandbox, by the supervisor: what they reach lives there. They never leave it,
 * and the broker does not know them. No schemas here, since the worker loads this at each start.
 */
const insideMethods = ["plugin.list", "plugin.call"] as const;

export type InsideMethod = (typeof insideMethods)[number];

export function isInsideMethod(method: string): method is InsideMethod {
  return insideMethods.some((inside) => inside === method);
}
