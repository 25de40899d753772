import { LuaError, type LuaErrorKind, type LuaPosition, type LuaValue } from "../engine.ts";
import type { Limits } from "./limits.ts";
import { type LuaStatus, luaStatus, luaType, memoryMessage } from "./lua-stack.ts";
import { callerPosition } from "./positions.ts";
import { Reference, type ReferenceOwner } from "./references.ts";

/** What the message handler saw where an error was raised, before Lua unwound. */
interface RaisePoint {
  readonly message: string;
  readonly position: LuaPosition | undefined;
  readonly traceback: string;
  /** The exception of a host function that the error was made of. */
  readonly origin: unknown;
}

/** Turns errors of Lua into LuaErrors and exceptions of host functions into errors of Lua. */
export class Failures {
  readonly #owner: ReferenceOwner;
  readonly #limits: Limits;
  #raisePoint: RaisePoint | undefined;
  /** The exception that a host function ended with last, and what Lua saw of it. */
  #thrown: { error: unknown; message: string } | undefined;

  constructor(owner: ReferenceOwner, limits: Limits) {
    this.#owner = owner;
    this.#limits = limits;
  }

  /** The message handler of calls from the host: looks around, and leaves the error value as it is. */
  observe(): number {
    this.#raisePoint = {
      message: this.#describe(),
      position: callerPosition(this.#owner.stack, 1),
      traceback: this.#owner.stack.traceback(),
      origin: this.#originOf(1),
    };
    this.#owner.stack.setTop(1);
    return 1;
  }

  /** Whether the value is that of an error which Lua raised before, and which a host function threw on. */
  isPassedOn(index: number): boolean {
    for (let cause = this.#originOf(index); cause instanceof Error; cause = cause.cause) {
      if (cause instanceof LuaError && cause.traceback !== undefined) return true;
    }
    return false;
  }

  textAt(index: number): string {
    const { stack } = this.#owner;
    stack.reserve(1);
    stack.pushCopy(index);
    const text = this.#describe();
    stack.setTop(-2);
    return text;
  }

  /** Forgets what an earlier error left, before a call. */
  reset(): void {
    this.#raisePoint = undefined;
  }

  /** Makes a LuaError of the error value on top, and pops it. */
  take(status: LuaStatus): LuaError {
    const { stack } = this.#owner;
    const point = this.#raisePoint;
    this.#raisePoint = undefined;
    const refusedAt = status === luaStatus.memory ? stack.allocationRefusedAt() : undefined;
    const isText = stack.typeAt(-1) === luaType.string;
    const message = isText ? stack.toText(-1) : (point?.message ?? this.#describe());
    const value = isText ? undefined : this.#keptValue();
    stack.setTop(-2);
    return this.#limits.stop === undefined
      ? finish(kindOf(status, message), message, value, point, refusedAt)
      : finish(this.#limits.stop.kind, this.#limits.stop.message, undefined, point);
  }

  /** Pushes what Lua sees of an exception: the value or text of a LuaError, of anything else a fixed text. */
  pushThrown(functionName: string, error: unknown): void {
    const own = error instanceof LuaError;
    if (own && error.kind === "memory") this.#owner.stack.noteRefusal();
    const message = own ? error.message : `${functionName} failed inside the host`;
    this.#thrown = { error, message };
    this.#owner.push(own ? (error.value ?? message) : message);
  }

  #keptValue(): LuaValue {
    const value = this.#owner.read(-1);
    return value instanceof Reference ? value.retain() : value;
  }

  /** An error that crosses several host calls is still the one that began it. */
  #originOf(index: number): unknown {
    const { stack } = this.#owner;
    const thrown = this.#thrown;
    if (thrown === undefined) return undefined;
    if (stack.typeAt(index) === luaType.string) {
      return stack.toText(index) === thrown.message ? thrown.error : undefined;
    }
    if (!(thrown.error instanceof LuaError) || thrown.error.value === undefined) return undefined;
    this.#owner.push(thrown.error.value);
    const same = stack.rawEqual(index, -1);
    stack.setTop(-2);
    return same ? thrown.error : undefined;
  }

  /** A text for the error value on top: itself, its `__tostring`, its field `message`, or its type. */
  #describe(): string {
    const { stack } = this.#owner;
    const top = stack.top();
    stack.reserve(5);
    const text = this.#textOfTop() ?? "(error object without a text)";
    stack.setTop(top);
    return text;
  }

  #textOfTop(): string | undefined {
    const { stack } = this.#owner;
    const type = stack.typeAt(-1);
    if (type === luaType.string) return stack.toText(-1);
    if (type !== luaType.table) return undefined;
    return this.#ownText() ?? this.#messageField();
  }

  #ownText(): string | undefined {
    const { stack } = this.#owner;
    const object = stack.top();
    if (!stack.getMetatable(object)) return undefined;
    stack.pushText("__tostring");
    if (stack.rawGet(-2) !== luaType.function) return undefined;
    stack.pushCopy(object);
    const status = stack.protectedCall(1, 0);
    const text =
      status === luaStatus.ok && stack.typeAt(-1) === luaType.string ? stack.toText(-1) : undefined;
    stack.setTop(object);
    return text;
  }

  #messageField(): string | undefined {
    const { stack } = this.#owner;
    stack.pushText("message");
    return stack.rawGet(-2) === luaType.string ? stack.toText(-1) : undefined;
  }
}

function kindOf(status: LuaStatus, message: string): LuaErrorKind {
  if (status === luaStatus.memory || message === memoryMessage) return "memory";
  return status === luaStatus.syntax ? "syntax" : "runtime";
}

function finish(
  kind: LuaErrorKind,
  message: string,
  value: LuaValue,
  point: RaisePoint | undefined,
  refusedAt?: LuaPosition,
): LuaError {
  const origin = point?.origin instanceof LuaError ? point.origin : undefined;
  const error = new LuaError(value === undefined ? message : (origin?.message ?? message), {
    kind: kind === "runtime" && origin !== undefined ? origin.kind : kind,
    value,
    position: origin?.position ?? point?.position ?? refusedAt,
    traceback: origin?.traceback ?? point?.traceback,
  });
  if (point?.origin !== undefined) error.cause = point.origin;
  return error;
}
