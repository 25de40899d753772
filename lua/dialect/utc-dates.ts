import type { LuaTable } from "../engine.ts";

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];
const dayMilliseconds = 86_400_000;

/** Formats a moment (milliseconds since 1970) in UTC with the codes of `strftime` in the C locale; unknown codes stay as they are. */
export function formatDate(format: string, moment: number): string {
  const date = new Date(moment);
  return format.replace(/%(.)/gs, (code, letter: string) => codes[letter]?.(date) ?? code);
}

const codes: Readonly<Record<string, (date: Date) => string>> = {
  "%": () => "%",
  n: () => "\n",
  t: () => "\t",
  a: (date) => (days[date.getUTCDay()] ?? "").slice(0, 3),
  A: (date) => days[date.getUTCDay()] ?? "",
  b: (date) => (months[date.getUTCMonth()] ?? "").slice(0, 3),
  h: (date) => (months[date.getUTCMonth()] ?? "").slice(0, 3),
  B: (date) => months[date.getUTCMonth()] ?? "",
  c: (date) => formatDate("%a %b %e %H:%M:%S %Y", date.getTime()),
  C: (date) => padded(Math.floor(date.getUTCFullYear() / 100)),
  d: (date) => padded(date.getUTCDate()),
  D: (date) => formatDate("%m/%d/%y", date.getTime()),
  e: (date) => String(date.getUTCDate()).padStart(2, " "),
  F: (date) => formatDate("%Y-%m-%d", date.getTime()),
  H: (date) => padded(date.getUTCHours()),
  I: (date) => padded(date.getUTCHours() % 12 || 12),
  j: (date) => padded(dayOfYear(date) + 1, 3),
  m: (date) => padded(date.getUTCMonth() + 1),
  M: (date) => padded(date.getUTCMinutes()),
  p: (date) => (date.getUTCHours() < 12 ? "AM" : "PM"),
  r: (date) => formatDate("%I:%M:%S %p", date.getTime()),
  R: (date) => formatDate("%H:%M", date.getTime()),
  s: (date) => String(Math.floor(date.getTime() / 1000)),
  S: (date) => padded(date.getUTCSeconds()),
  T: (date) => formatDate("%H:%M:%S", date.getTime()),
  u: (date) => String(date.getUTCDay() || 7),
  U: (date) => padded(Math.floor((dayOfYear(date) + 7 - date.getUTCDay()) / 7)),
  w: (date) => String(date.getUTCDay()),
  W: (date) => padded(Math.floor((dayOfYear(date) + 7 - ((date.getUTCDay() + 6) % 7)) / 7)),
  x: (date) => formatDate("%m/%d/%y", date.getTime()),
  X: (date) => formatDate("%H:%M:%S", date.getTime()),
  y: (date) => padded(date.getUTCFullYear() % 100),
  Y: (date) => String(date.getUTCFullYear()),
  z: () => "+0000",
  Z: () => "UTC",
};

function padded(value: number, width = 2): string {
  return String(value).padStart(width, "0");
}

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / dayMilliseconds);
}

/** Seconds since 1970 of a table as `os.time` takes it, read as UTC; undefined when year, month or day is missing. */
export function parseDateTable(table: LuaTable): number | undefined {
  const field = (name: string, otherwise?: number): number | undefined => {
    const value = table.get(name);
    return typeof value === "number" ? value : otherwise;
  };
  const year = field("year");
  const month = field("month");
  const day = field("day");
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const moment = Date.UTC(year, month - 1, day, field("hour", 12), field("min", 0), field("sec", 0));
  return moment / 1000;
}
