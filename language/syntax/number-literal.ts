import { CharacterClass, isCharacter, isDigit, isHexDigit, isNamePart } from "#language/syntax/characters.ts";

/** Where a numeral ends that starts at `start`. Lua reads letters and digits on, then judges the whole. */
export function numberEnd(text: string, start: number): number {
  const isHex = text.charCodeAt(start) === 0x30 && (text.charCodeAt(start + 1) | 0x20) === 0x78;
  const exponentMark = isHex ? 0x70 : 0x65;
  let end = isHex ? start + 2 : start;
  for (;;) {
    const code = text.charCodeAt(end);
    if (!isNamePart(code) && code !== 0x2e) return end;
    end++;
    if ((code | 0x20) === exponentMark && isSign(text.charCodeAt(end))) end++;
  }
}

/** Whether Lua accepts a numeral. */
export function isWellFormedNumber(text: string, start: number, end: number): boolean {
  if (text.charCodeAt(start) === 0x30 && (text.charCodeAt(start + 1) | 0x20) === 0x78)
    return isMantissaAndExponent(text, start + 2, end, CharacterClass.hexDigit, 0x70);
  return isMantissaAndExponent(text, start, end, CharacterClass.digit, 0x65);
}

/** Digits with at most one point among them and at least one digit, then perhaps an exponent in decimal digits. */
function isMantissaAndExponent(
  text: string,
  start: number,
  end: number,
  digits: number,
  exponentMark: number,
): boolean {
  let offset = afterDigits(text, start, digits);
  let count = offset - start;
  if (text.charCodeAt(offset) === 0x2e) {
    const fraction = offset + 1;
    offset = afterDigits(text, fraction, digits);
    count += offset - fraction;
  }
  if (count === 0) return false;
  if (offset >= end) return offset === end;
  if ((text.charCodeAt(offset) | 0x20) !== exponentMark) return false;
  const exponent = isSign(text.charCodeAt(offset + 1)) ? offset + 2 : offset + 1;
  return exponent < end && afterDigits(text, exponent, CharacterClass.digit) === end;
}

function afterDigits(text: string, start: number, digits: number): number {
  let offset = start;
  while (isCharacter(text.charCodeAt(offset), digits)) offset++;
  return offset;
}

function isSign(code: number): boolean {
  return code === 0x2b || code === 0x2d;
}

/** The value of a well-formed numeral; decimal integers that don't fit 64 bits are floats, hexadecimal ones wrap. */
export function numberValue(text: string): { value: number; isInteger: boolean } {
  if (!/^0[xX]/.test(text)) return decimalValue(text);
  const digits = text.slice(2);
  for (let index = 0; index < digits.length; index++) {
    if (!isHexDigit(digits.charCodeAt(index))) return { value: hexFloat(digits), isInteger: false };
  }
  return { value: Number(BigInt.asIntN(64, BigInt(text))), isInteger: true };
}

/** So many decimal digits always fit a signed integer of 64 bits. */
const safeDigits = 18;

function decimalValue(text: string): { value: number; isInteger: boolean } {
  for (let index = 0; index < text.length; index++) {
    if (!isDigit(text.charCodeAt(index))) return { value: Number(text), isInteger: false };
  }
  const isInteger = text.length <= safeDigits || BigInt(text) < 2n ** 63n;
  return { value: Number(text), isInteger };
}

function hexFloat(digits: string): number {
  const [mantissa = "", exponent = "0"] = digits.split(/[pP]/);
  const [whole = "", fraction = ""] = mantissa.split(".");
  const scale = Number(exponent) - 4 * fraction.length;
  return Number.parseInt(`${whole}${fraction}`, 16) * 2 ** scale;
}
