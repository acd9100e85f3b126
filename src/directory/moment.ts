/**
 * Moments as the directory keeps them: whole seconds since 1970 in 32 bits. A day stands for its first second as a
 * beginning and for its last as an end; a time of day has to say its zone.
 */

export const BEGINNING = 0;
/** No end: what lies behind the year 2106 lies behind all else here. */
export const FOREVER = 0xffffffff;

const DAY_S = 86_400;
/** Days of four centuries, which repeat, and those from the first of March of the year 0 to 1970. */
const ERA_DAYS = 146_097;
const ERA_YEARS = 400;
const EPOCH_DAYS = 719_468;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?:Z|([+-])(\d\d):(\d\d))$/;

/** The first second of what is written, or `undefined`: no such day, no such time, or a time without a zone. */
export function beginningOf(text: string): number | undefined {
  const day = dayOf(text);
  return day === undefined ? timeOf(text) : secondsOfDay(day);
}

/** The first second behind what is written. */
export function endOf(text: string): number | undefined {
  const day = dayOf(text);
  return day === undefined ? timeOf(text) : secondsOfDay(day + 1);
}

export function secondsOf(ms: number): number {
  return Math.floor(ms / 1000);
}

/** Of the first second of a day. */
export function secondsOfDay(days: number): number {
  return clamped(days * DAY_S);
}

/** Days from 1970 to a day, or `undefined` if there is no such day. Years begin in March here, so that leap days end them. */
export function dayNumber(year: number, month: number, day: number): number | undefined {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % ERA_YEARS === 0);
  if (month < 1 || month > 12 || day < 1 || day > MONTH_DAYS[month - 1] + (month === 2 && leap ? 1 : 0))
    return undefined;
  const shifted = month <= 2 ? year - 1 : year;
  const era = shifted < 0 ? -1 : (shifted / ERA_YEARS) | 0;
  const yearOfEra = shifted - era * ERA_YEARS;
  const dayOfYear = (((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) | 0) + day - 1;
  const dayOfEra = yearOfEra * 365 + (yearOfEra >> 2) - ((yearOfEra / 100) | 0) + dayOfYear;
  return era * ERA_DAYS + dayOfEra - EPOCH_DAYS;
}

function clamped(seconds: number): number {
  return Math.min(Math.max(seconds, BEGINNING), FOREVER);
}

function dayOf(text: string): number | undefined {
  const parts = DAY.exec(text);
  return parts === null ? undefined : dayNumber(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

function timeOf(text: string): number | undefined {
  const parts = TIME.exec(text);
  const day = parts === null ? undefined : dayOf(parts[1]);
  if (parts === null || day === undefined) return undefined;
  const [hours, minutes, seconds] = [parts[2], parts[3], parts[4] ?? '0'].map(Number);
  const [zoneHours, zoneMinutes] = [parts[6] ?? '0', parts[7] ?? '0'].map(Number);
  if (hours > 23 || minutes > 59 || seconds > 59 || zoneHours > 23 || zoneMinutes > 59) return undefined;
  const zone = (zoneHours * 60 + zoneMinutes) * 60 * (parts[5] === '-' ? -1 : 1);
  return clamped(day * DAY_S + hours * 3600 + minutes * 60 + seconds - zone);
}
