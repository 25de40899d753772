/** How far a numeral reaches, and whether Lua accepts it. Lua reads letters and digits on, then judges the whole. */
export function numberLength(text: string, start: number): { length: number; isWellFormed: boolean } {
  const isHex = /^0[xX]/.test(text.slice(start, start + 2));
  let end = isHex ? start + 2 : start;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (isExponentMark(code, isHex)) {
      const sign = text.charCodeAt(end + 1);
      if (sign === 0x2b || sign === 0x2d) end++;
    } else if (!isNumeralPart(code)) break;
  }
  return { length: end - start, isWellFormed: wellFormed.test(text.slice(start, end)) };
}

const wellFormed =
  /^(?:0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)(?:[pP][+-]?[0-9]+)?|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)$/;

/** The value of a well-formed numeral; decimal integers that don't fit 64 bits are floats, hexadecimal ones wrap. */
export function numberValue(text: string): { value: number; isInteger: boolean } {
  if (/^[0-9]+$/.test(text)) return { value: Number(text), isInteger: BigInt(text) < 2n ** 63n };
  if (/^0[xX][0-9a-fA-F]+$/.test(text))
    return { value: Number(BigInt.asIntN(64, BigInt(text))), isInteger: true };
  if (/^0[xX]/.test(text)) return { value: hexFloat(text), isInteger: false };
  return { value: Number(text), isInteger: false };
}

function hexFloat(text: string): number {
  const [mantissa = "", exponent = "0"] = text.slice(2).split(/[pP]/);
  const [whole = "", fraction = ""] = mantissa.split(".");
  const digits = Number.parseInt(`${whole}${fraction}` || "0", 16);
  return digits * 2 ** (Number(exponent) - 4 * fraction.length);
}

function isExponentMark(code: number, isHex: boolean): boolean {
  return isHex ? code === 0x70 || code === 0x50 : code === 0x65 || code === 0x45;
}

function isNumeralPart(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    code === 0x2e
  );
}
