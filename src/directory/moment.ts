/**
 * Moments as the directory keeps them: whole seconds since 1970 in 32 bits. A day stands for its first second as a
 * beginning and for its last as an end; a time of day has to say its zone.
 */

export const BEGINNING = 0;
/** No end: what lies behind the year 2106 lies behind all else here. */
export const FOREVER = 0xffffffff;

const DAY_S = 86_400;
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?:Z|([+-])(\d\d):(\d\d))$/;

/** The first second of what is written, or `undefined`: no such day, no such time, or a time without a zone. */
export function beginningOf(text: string): number | undefined {
  const day = dayOf(text);
  return clamped(day === undefined ? timeOf(text) : day * DAY_S);
}

/** The first second behind what is written. */
export function endOf(text: string): number | undefined {
  const day = dayOf(text);
  return clamped(day === undefined ? timeOf(text) : (day + 1) * DAY_S);
}

export function secondsOf(ms: number): number {
  return Math.floor(ms / 1000);
}

function clamped(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.min(Math.max(seconds, BEGINNING), FOREVER);
}

/** Days since 1970. */
function dayOf(text: string): number | undefined {
  const parts = DAY.exec(text);
  if (parts === null) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.getTime() / 1000 / DAY_S;
}

function timeOf(text: string): number | undefined {
  const parts = TIME.exec(text);
  if (parts === null) return undefined;
  const day = dayOf(parts[1]);
  const [hours, minutes, seconds] = [parts[2], parts[3], parts[4] ?? '0'].map(Number);
  const [zoneHours, zoneMinutes] = [parts[6] ?? '0', parts[7] ?? '0'].map(Number);
  if (day === undefined || hours > 23 || minutes > 59 || seconds > 59 || zoneHours > 23 || zoneMinutes > 59)
    return undefined;
  const zone = (zoneHours * 3600 + zoneMinutes * 60) * (parts[5] === '-' ? -1 : 1);
  return day * DAY_S + hours * 3600 + minutes * 60 + seconds - zone;
}
