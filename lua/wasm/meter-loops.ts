/**
 * Rewrites a WebAssembly module so that every turn of every loop counts down a number, and a function of the host is
 * called when it is below zero. So the work of C code is bounded too: a pattern that backtracks, a sort, the collector.
 *
 * The host finds the two globals that this adds among the exports: `meter_left`, the turns until the next call, and
 * `meter_check`, the place of its function in the table of functions. Indices of what was there before stay the same.
 * `isExempt` names functions whose loops are counted in another way already.
 */
export function meterLoops(
  module: Uint8Array<ArrayBuffer>,
  isExempt: (body: FunctionBody) => boolean = () => false,
): Uint8Array<ArrayBuffer> {
  const sections = readSections(module);
  const typeCount = countOf(sections, section.type);
  const globalCount = countOf(sections, section.global) + importedGlobals(sections);
  const check = meterCode(typeCount, globalCount);
  const changed = sections.map(({ id, content }) => ({ id, content: changedSection(id, content) }));
  return Uint8Array.from(joined([module.subarray(0, headerBytes), ...changed.map(sectionBytes)]));

  function changedSection(id: number, content: Uint8Array): Uint8Array {
    if (id === section.type) return appended(content, [functionWithoutValues]);
    if (id === section.global) return appended(content, [variable(never), variable(0)]);
    if (id === section.export)
      return appended(content, [
        globalExport("meter_left", globalCount),
        globalExport("meter_check", globalCount + 1),
      ]);
    return id === section.code ? meteredCode(content, check, isExempt) : content;
  }
}

/** What is known of a function when it is asked whether to meter it. */
export interface FunctionBody {
  /** Targets of the largest jump table in it. */
  readonly largestJumpTable: number;
}

const headerBytes = 8;
const section = { custom: 0, type: 1, import: 2, global: 6, export: 7, code: 10 } as const;
const functionWithoutValues = Uint8Array.of(0x60, 0, 0);
const never = 0x7fff_ffff;

interface Section {
  readonly id: number;
  readonly content: Uint8Array;
}

/** Reads numbers and ranges of bytes one after the other. */
class Bytes {
  readonly bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get atEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  byte(): number {
    return this.bytes[this.at++] ?? 0;
  }

  /** An unsigned number in LEB128; of a signed one only the end is found. */
  number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  skipNumbers(count: number): void {
    for (let index = 0; index < count; index++) this.number();
  }

  take(length: number): Uint8Array {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

function readSections(module: Uint8Array): Section[] {
  const input = new Bytes(module);
  input.at = headerBytes;
  const sections: Section[] = [];
  while (!input.atEnd) {
    const id = input.byte();
    const content = input.take(input.number());
    if (id !== section.custom) sections.push({ id, content });
  }
  return sections;
}

function countOf(sections: readonly Section[], id: number): number {
  const found = sections.find((one) => one.id === id);
  if (!found) throw new Error(`this module has no section ${id}`);
  return new Bytes(found.content).number();
}

const importKinds = { function: 0, table: 1, memory: 2, global: 3 } as const;

function importedGlobals(sections: readonly Section[]): number {
  const input = new Bytes(sections.find(({ id }) => id === section.import)?.content ?? Uint8Array.of(0));
  let globals = 0;
  for (let left = input.number(); left > 0; left--) {
    input.take(input.number());
    input.take(input.number());
    const kind = input.byte();
    if (kind === importKinds.global) globals++;
    if (kind === importKinds.function) input.skipNumbers(1);
    else if (kind === importKinds.global) input.take(2);
    else skipLimits(input, kind);
  }
  return globals;
}

function skipLimits(input: Bytes, kind: number): void {
  if (kind === importKinds.table) input.byte();
  const hasMaximum = (input.byte() & 1) === 1;
  input.skipNumbers(hasMaximum ? 2 : 1);
}

/** `if (--left < 0) check()`; needs nothing of the stack and leaves nothing on it. */
function meterCode(type: number, left: number): Uint8Array {
  const [get, set] = [0x23, 0x24];
  return Uint8Array.of(
    ...[get, ...encoded(left), 0x41, 1, 0x6b, set, ...encoded(left)], // left = left - 1
    ...[get, ...encoded(left), 0x41, 0, 0x48, 0x04, 0x40], // if left < 0
    ...[get, ...encoded(left + 1), 0x11, ...encoded(type), 0], // call the function in that place of the table
    0x0b,
  );
}

function meteredCode(
  content: Uint8Array,
  check: Uint8Array,
  isExempt: (body: FunctionBody) => boolean,
): Uint8Array {
  const input = new Bytes(content);
  const count = input.number();
  const bodies: Uint8Array[] = [];
  for (let index = 0; index < count; index++) {
    const body = input.take(input.number());
    const { loops, largestJumpTable } = scan(body);
    const metered = isExempt({ largestJumpTable }) ? body : withCodeAt(body, loops, check);
    bodies.push(Uint8Array.from(encoded(metered.length)), metered);
  }
  return joined([Uint8Array.from(encoded(count)), ...bodies]);
}

function withCodeAt(body: Uint8Array, places: readonly number[], code: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (const place of places) {
    pieces.push(body.subarray(from, place), code);
    from = place;
  }
  return joined([...pieces, body.subarray(from)]);
}

/** Where the bodies of the loops begin. */
function scan(body: Uint8Array): FunctionBody & { readonly loops: number[] } {
  const input = new Bytes(body);
  for (let groups = input.number(); groups > 0; groups--) {
    input.number();
    input.byte();
  }
  const loops: number[] = [];
  let largestJumpTable = 0;
  while (!input.atEnd) {
    const opcode = input.byte();
    if (opcode === 0x0e) {
      const targets = input.number();
      largestJumpTable = Math.max(largestJumpTable, targets);
      input.skipNumbers(targets + 1);
      continue;
    }
    skipImmediates(opcode, input);
    if (opcode === 0x03) loops.push(input.at);
  }
  return { loops, largestJumpTable };
}

/** What follows an opcode; see the binary format of the WebAssembly specification, "Instructions". */
function skipImmediates(opcode: number, input: Bytes): void {
  if (opcode === 0x43 || opcode === 0x44) input.take(opcode === 0x43 ? 4 : 8);
  else if (opcode === 0x1c) input.take(input.number());
  else if (opcode === 0xfc) skipPrefixed(input);
  else input.skipNumbers(numbersAfter(opcode));
}

function numbersAfter(opcode: number): number {
  const isMemoryAccess = opcode >= 0x28 && opcode <= 0x3e;
  if (isMemoryAccess || opcode === 0x11) return 2;
  const isBlock = opcode >= 0x02 && opcode <= 0x04;
  const isVariable = opcode >= 0x20 && opcode <= 0x26;
  const isOther = [0x0c, 0x0d, 0x10, 0x3f, 0x40, 0x41, 0x42, 0xd0, 0xd2].includes(opcode);
  if (isBlock || isVariable || isOther) return 1;
  const isPlain = opcode <= 0x01 || (opcode >= 0x45 && opcode <= 0xc4);
  if (isPlain || [0x05, 0x0b, 0x0f, 0x1a, 0x1b, 0xd1].includes(opcode)) return 0;
  throw new Error(`this module has an instruction that the meter does not know: ${opcode}`);
}

function skipPrefixed(input: Bytes): void {
  const instruction = input.number();
  // Conversions that saturate have no operands; filling and dropping one; copying and initialising two.
  const operands = instruction < 8 ? 0 : [9, 11, 13, 15, 16, 17].includes(instruction) ? 1 : 2;
  input.skipNumbers(operands);
}

/** A vector with more entries at its end. */
function appended(content: Uint8Array, entries: readonly Uint8Array[]): Uint8Array {
  const input = new Bytes(content);
  const count = input.number();
  return joined([Uint8Array.from(encoded(count + entries.length)), content.subarray(input.at), ...entries]);
}

/** A variable number of 32 bits. */
function variable(start: number): Uint8Array {
  return Uint8Array.of(0x7f, 1, 0x41, ...encodedSigned(start), 0x0b);
}

function globalExport(name: string, index: number): Uint8Array {
  const text = new TextEncoder().encode(name);
  return Uint8Array.of(...encoded(text.length), ...text, importKinds.global, ...encoded(index));
}

function sectionBytes({ id, content }: Section): Uint8Array {
  return joined([Uint8Array.of(id, ...encoded(content.length)), content]);
}

function encoded(value: number): number[] {
  const low = value & 0x7f;
  return value < 0x80 ? [low] : [low | 0x80, ...encoded(Math.floor(value / 0x80))];
}

/** For numbers that are not negative: the sixth bit must not look like a sign. */
function encodedSigned(value: number): number[] {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...encodedSigned(value >>> 7)];
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
