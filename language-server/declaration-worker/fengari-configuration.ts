/**
 * What the Lua engine in JavaScript reads from its environment: how many slots Lua's stack has. Deep recursion then ends
 * at once, and not after seconds.
 */
export const fengariConfiguration: string = JSON.stringify({ LUAI_MAXSTACK: 100_000 });
