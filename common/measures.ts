/** Whole seconds of something under way: `0 s`, `1 min 5 s`. */
export function elapsedText(milliseconds: number): string {
  const whole = Math.max(0, Math.floor(milliseconds / 1000));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** US dollars: `$0.0012`, `$1.20`. */
export function costText(dollars: number): string {
  return `$${dollars.toFixed(dollars < 0.1 ? 4 : 2)}`;
}

/** The time of day when it is today, else the date and the time, as the person's locale writes them. */
export function momentText(iso: string, now: Date): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return "";
  const time = moment.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  return moment.toDateString() === now.toDateString() ? time : `${moment.toLocaleDateString()} ${time}`;
}
