import {
  call,
  constant,
  loadable,
  local,
  numeral,
  RegisterFile,
  type RegisterValue,
  register,
  upvalue,
  vararg,
} from "#language/syntax/register-value.ts";
import type {
  BinaryExpression,
  CallExpression,
  Expression,
  FunctionBody,
  MethodCall,
  TableExpression,
  TableField,
} from "#language/syntax/tree.ts";

/** Where a name leads: to a variable of the function, of one around it, to a constant, or to a global. */
type NamePlace = "local" | "upvalue" | "constant" | "global";

/** What the registers of expressions depend on. */
export interface RegisterScope {
  place(name: string): NamePlace;
  /** A function inside; it has registers of its own. */
  inner(body: FunctionBody): void;
}

/** Lua stores so many values into a table at once. */
const valuesPerStore = 50;

const comparisons: ReadonlySet<string> = new Set(["==", "~=", "<", "<=", ">", ">="]);

/** Follows Lua's compiler through the expressions of a function and counts the registers that it takes (`lcode.c`). */
export class RegisterExpressions {
  readonly file = new RegisterFile();
  readonly #scope: RegisterScope;

  constructor(scope: RegisterScope) {
    this.#scope = scope;
  }

  /** All values but the last one go to the next registers; `none` when the list is empty. */
  list(expressions: readonly Expression[]): RegisterValue | undefined {
    let last: RegisterValue | undefined;
    for (const expression of expressions) {
      if (last) this.file.pushed(last);
      last = this.value(expression);
    }
    return last;
  }

  value(expression: Expression): RegisterValue {
    switch (expression.kind) {
      case "NumberExpression":
        return numeral;
      case "VarargExpression":
        return vararg;
      case "FunctionExpression":
        this.#scope.inner(expression.body);
        return this.file.pushed(loadable);
      case "TableExpression":
        return this.#table(expression);
      case "CallExpression":
      case "MethodCall":
        return this.#call(expression);
      case "NameExpression":
        return this.#name(expression.text);
      case "MemberExpression":
        return this.#field(this.#objectOf(expression.object), constant);
      case "IndexExpression":
        return this.#indexed(expression.object, expression.key);
      case "ParenthesizedExpression":
        return this.file.loaded(this.value(expression.inner));
      case "UnaryExpression":
        return this.#unary(expression.operator, expression.operand);
      case "BinaryExpression":
        return this.#binary(expression);
      default:
        return constant;
    }
  }

  /** Gives a value to a variable or field. */
  store(target: RegisterValue, value: RegisterValue): void {
    const { file } = this;
    if (target.kind === "local") file.release(file.loaded(value));
    else if (target.kind === "field") file.release(file.asOperand(value));
    else file.release(file.inRegister(value));
  }

  /** A condition is put into a register before the jump. */
  condition(expression: Expression): void {
    const value = this.file.loaded(this.value(expression));
    if (value.kind === "loadable") this.file.release(this.file.pushed(value));
    else this.file.release(value);
  }

  #name(name: string): RegisterValue {
    switch (this.#scope.place(name)) {
      case "local":
        return local;
      case "upvalue":
        return upvalue;
      case "constant":
        return constant;
      default:
        // A field of `_ENV`, which is an upvalue.
        return { kind: "field", held: 0 };
    }
  }

  #objectOf(expression: Expression): RegisterValue {
    const object = this.value(expression);
    return object.kind === "upvalue" ? object : this.file.inRegister(object);
  }

  #field(object: RegisterValue, key: RegisterValue): RegisterValue {
    return { kind: "field", held: object.held + key.held };
  }

  #indexed(objectExpression: Expression, keyExpression: Expression): RegisterValue {
    const { file } = this;
    let object = this.#objectOf(objectExpression);
    const found = this.value(keyExpression);
    const key = found.isJoined ? file.inRegister(found) : file.loaded(found);
    const isConstant = keyExpression.kind === "StringExpression";
    if (object.kind === "upvalue" && !isConstant) object = file.inRegister(object);
    const isImmediate = isConstant || (key.kind === "numeral" && isSmall(keyExpression));
    return this.#field(object, isImmediate ? constant : file.inRegister(key));
  }

  /** A call leaves its values where the function was. */
  #call(expression: CallExpression | MethodCall): RegisterValue {
    const { file } = this;
    if (expression.kind === "CallExpression") {
      file.pushed(this.value(expression.callee));
    } else {
      file.release(file.inRegister(this.value(expression.object)));
      file.reserve(2);
    }
    const base = file.free;
    const last = this.list(expression.arguments);
    if (last && !hasManyValues(last)) file.pushed(last);
    file.free = expression.kind === "CallExpression" ? base : base - 1;
    return call;
  }

  /** Positional values wait until fifty of them are stored at once. */
  #table({ fields }: TableExpression): RegisterValue {
    const { file } = this;
    file.reserve(1);
    const base = file.free;
    let pending: RegisterValue | undefined;
    let stored = 0;
    for (const field of fields) {
      if (pending) {
        file.pushed(pending);
        pending = undefined;
        if (stored % valuesPerStore === 0) file.free = base;
      }
      if (field.kind === "PositionalField") {
        pending = this.value(field.value);
        stored++;
      } else {
        this.#namedField(field);
      }
    }
    if (pending && !hasManyValues(pending)) file.pushed(pending);
    file.free = base;
    return register;
  }

  #namedField(field: Exclude<TableField, { kind: "PositionalField" }>): void {
    const { file } = this;
    const before = file.free;
    if (field.kind === "KeyedField") {
      const key = file.loaded(this.value(field.key));
      const isImmediate = key.kind === "constant" || (key.kind === "numeral" && isSmall(field.key));
      if (!isImmediate) file.inRegister(key);
    }
    file.asOperand(this.value(field.value));
    file.free = before;
  }

  #unary(operator: string, operand: Expression): RegisterValue {
    const { file } = this;
    const value = file.loaded(this.value(operand));
    if (value.kind === "numeral" && (operator === "-" || operator === "~")) return value;
    if (operator === "not" && (value.kind === "constant" || value.kind === "numeral")) return constant;
    file.release(file.inRegister(value));
    return loadable;
  }

  #binary({ operator, left, right }: BinaryExpression): RegisterValue {
    if (operator === "and" || operator === "or") return this.#joined(left, right);
    const { file } = this;
    const isConcat = operator === "..";
    const found = file.loaded(this.value(left));
    const first = isConcat ? file.pushed(found) : this.#operand(found, operator);
    const second = file.loaded(this.value(right));
    if (isConcat) {
      file.release(file.pushed(second));
      return register;
    }
    const isFolded = first.kind === "numeral" && second.kind === "numeral" && !comparisons.has(operator);
    if (isFolded) return numeral;
    const used = second.kind === "numeral" ? second : this.#operand(second, operator);
    const other = first.kind === "numeral" ? file.inRegister(first) : first;
    file.release(used);
    file.release(other);
    return loadable;
  }

  /** Numbers wait whether they are folded; the comparison with a constant has it in the instruction. */
  #operand(value: RegisterValue, operator: string): RegisterValue {
    if (value.kind === "numeral") return value;
    return operator === "==" || operator === "~=" ? this.file.asOperand(value) : this.file.inRegister(value);
  }

  /** `and`, `or`: the left value is used up by the jump. */
  #joined(left: Expression, right: Expression): RegisterValue {
    this.condition(left);
    const value = this.file.loaded(this.value(right));
    return { ...value, isJoined: true };
  }
}

/** Whether a value can stand for several: it needs no register when it is the last of a list. */
function hasManyValues({ kind }: RegisterValue): boolean {
  return kind === "call" || kind === "vararg";
}

/** Whether an index is part of the instruction. */
function isSmall(expression: Expression): boolean {
  return (
    expression.kind === "NumberExpression" &&
    expression.isInteger &&
    expression.value >= 0 &&
    expression.value <= 255
  );
}
