/** Where Lua's compiler has a value while it makes code; the kinds are those of `lcode.c`, as far as they differ here. */
type ValueKind =
  /** No register: `nil`, a string, a number, a folded constant. */
  | "constant"
  | "numeral"
  /** A variable that has its own register. */
  | "local"
  /** Must be loaded: an upvalue, a global, the result of an instruction that may go to any register. */
  | "upvalue"
  | "loadable"
  /** A field whose object or key may be in registers. */
  | "field"
  /** In the topmost register. */
  | "register"
  /** A call or `...`: any number of values. */
  | "call"
  | "vararg";

/** A value and how many registers it keeps from others. */
export interface RegisterValue {
  readonly kind: ValueKind;
  readonly held: number;
  /** `and`, `or`: code behind it jumps here, so it must go into a register. */
  readonly isJoined?: boolean;
}

/** Values that hold no register, or the topmost one, by where they are. */
export const constant: RegisterValue = { kind: "constant", held: 0 };
export const numeral: RegisterValue = { kind: "numeral", held: 0 };
export const local: RegisterValue = { kind: "local", held: 0 };
export const upvalue: RegisterValue = { kind: "upvalue", held: 0 };
export const loadable: RegisterValue = { kind: "loadable", held: 0 };
export const vararg: RegisterValue = { kind: "vararg", held: 0 };
export const register: RegisterValue = { kind: "register", held: 1 };
export const call: RegisterValue = { kind: "call", held: 1 };

/** A function has fewer registers than this. */
const registerLimit = 255;

/** The registers of one function: which are taken by variables, and how many by values that await their use. */
export class RegisterFile {
  /** The first register that is free. */
  free = 0;
  /** Whether more were needed than there are. */
  isExceeded = false;

  reserve(count: number): void {
    if (this.free + count >= registerLimit) this.isExceeded = true;
    this.free += count;
  }

  /** The value, no longer where a variable or field is. */
  loaded(value: RegisterValue): RegisterValue {
    switch (value.kind) {
      case "field":
        this.free -= value.held;
        return { ...value, kind: "loadable", held: 0 };
      case "upvalue":
      case "vararg":
        return { ...value, kind: "loadable" };
      case "call":
        return { ...value, kind: "register" };
      default:
        return value;
    }
  }

  /** The value in the next register. */
  pushed(value: RegisterValue): RegisterValue {
    const { held } = this.loaded(value);
    this.free -= held;
    this.reserve(1);
    return register;
  }

  /** The value in some register, its own if it has one. */
  inRegister(value: RegisterValue): RegisterValue {
    const found = this.loaded(value);
    if (found.kind === "local" && !found.isJoined) return found;
    return found.kind === "register" ? register : this.pushed(found);
  }

  /** The value in a register unless an instruction can have it as a constant. */
  asOperand(value: RegisterValue): RegisterValue {
    const isConstant = value.kind === "constant" || value.kind === "numeral";
    return isConstant && !value.isJoined ? value : this.inRegister(value);
  }

  /** The value was used. */
  release(value: RegisterValue): void {
    this.free -= value.held;
  }
}
