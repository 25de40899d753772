import core from "fengari/src/fengaricore.js";
import configuration from "fengari/src/luaconf.js";

const knownRelease = "Fengari 0.1.5";

/**
 * Makes fengari print floats as Lua 5.5 does. Its other parts take the function over when they load, so this file has
 * to be imported before fengari itself; and its core before its configuration, since the two load each other.
 */
if (core.FENGARI_RELEASE !== knownRelease)
  throw new Error(`floats are printed for ${knownRelease} only, this is ${core.FENGARI_RELEASE}`);
configuration.lua_number2str = (value) => {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  if (Object.is(value, -0)) return "-0";
  return asC(value, Number(value.toPrecision(15)) === value ? 15 : 17);
};

/** `%.<digits>g` as C prints it. */
function asC(value: number, digits: number): string {
  const [mantissa = "", exponent = "0"] = value.toExponential(digits - 1).split("e");
  const power = Number(exponent);
  if (power >= -4 && power < digits) return withoutZeros(value.toFixed(Math.max(0, digits - 1 - power)));
  const sign = power < 0 ? "-" : "+";
  return `${withoutZeros(mantissa)}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
}

function withoutZeros(digits: string): string {
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}
