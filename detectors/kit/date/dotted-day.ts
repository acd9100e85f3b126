/**
 * Day and month with a dot between, as much of the world writes them: "moved to 17.05", "am 23.09", "Entlassung 19.11." behind a
 * whole date of that form. Two numbers with a dot are a decimal or a time nearly always, so that the words before have to say it.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { hashOf } from '../hash.js';
import { hasDigit, isDigits, lengthOf, numberAt } from '../read.js';
import { words } from '../word-set.js';
import { isDay } from './calendar.js';
import { isUnit, Say, says } from './words.js';
import { done, Form, written } from './written.js';

const LEADS = words('on am vom zum le du al dal dia');
const TO = words('to for');
const MOVED = words('moved rescheduled changed pushed postponed brought shifted booked');
const NOW = words('now');
const IS = words('is s');
const AT = words('at um');
const TIMES = words('uhr am pm h hrs o');
const LED = words('since dated fu followup dc dcd appt appointment surgery visit seen admitted discharged rescheduled');
const U = hashOf('u');
const MONTHS_MAX = 12;
const FULL_STOP = 0x2e;
/** Tokens before such a day in which a whole date of the form may stand. */
const WHOLE_BACK = 8;

/** Events of care right before month and day, as Americans write them with a dot: "seen 8.30", "f/u 9.14". */
function monthFirst(doc: Doc, at: number): Form {
  const last = at + 1;
  const month = numberAt(doc, at);
  const day = numberAt(doc, last);
  if (day <= MONTHS_MAX || !isDay(0, month, day) || doc.gap[at] !== Gap.Blank || doc.gap[last + 1] === Gap.Slash)
    return Form.None;
  if (last + 1 < doc.count && doc.gap[last + 1] === Gap.Blank && hasDigit(doc, last + 1)) return Form.None;
  // "dc'd 8.30"
  const t = at > 1 && doc.gap[at - 1] === Gap.Apostrophe ? at - 2 : at - 1;
  if (!LED.has(doc.hash[t]) && !(doc.hash[t] === U && doc.gap[t] === Gap.Slash)) return Form.None;
  if (isUnit(doc, last) || (doc.gap[last + 1] === Gap.Blank && TIMES.has(doc.hash[last + 1]))) return Form.None;
  written.month = month;
  written.day = day;
  written.year = 0;
  return done(doc, Form.MonthDay, at, last);
}

/** The day from a token of two digits to the next, two as well; assumes that a dot joins them. */
export function dottedDay(doc: Doc, at: number): Form {
  const last = at + 1;
  if (doc.shape[last] !== Shape.Digits2 || at < 1 || doc.gap[at] === Gap.Dot || doc.gap[last + 1] === Gap.Dot)
    return Form.None;
  const first = monthFirst(doc, at);
  if (first !== Form.None || doc.shape[at] !== Shape.Digits2) return first;
  const day = numberAt(doc, at);
  const month = numberAt(doc, last);
  if (!isDay(0, month, day)) return Form.None;
  const next = doc.gap[last + 1];
  if (next === Gap.Colon || next === Gap.Hyphen || next === Gap.Slash || isUnit(doc, last)) return Form.None;
  if (next === Gap.Blank && TIMES.has(doc.hash[last + 1])) return Form.None;
  if (!isLed(doc, at, last) && !(doc.text[doc.end[last]] === FULL_STOP && followsWhole(doc, at))) return Form.None;
  written.month = month;
  written.day = day;
  written.year = 0;
  return done(doc, Form.MonthDay, at, last);
}

function isLed(doc: Doc, at: number, last: number): boolean {
  const t = at - 1;
  if (doc.gap[at] !== Gap.Blank) return false;
  if (LEADS.has(doc.hash[t])) return true;
  if (t === 0) return false;
  if (TO.has(doc.hash[t])) return MOVED.has(doc.hash[t - 1]);
  // "is now 23.09 at 10"
  const timed = AT.has(doc.hash[last + 1]) && isDigits(doc, last + 2);
  return timed && (NOW.has(doc.hash[t]) ? IS.has(doc.hash[t - 1]) : (says(doc, t) & (Say.Event | Say.Is)) !== 0);
}

/** "Aufnahme 12.11.2023, Entlassung 19.11." */
function followsWhole(doc: Doc, at: number): boolean {
  for (let t = at - 1; t >= 2 && at - t <= WHOLE_BACK; t--)
    if (doc.gap[t] === Gap.Dot && doc.gap[t - 1] === Gap.Dot && isDigits(doc, t) && lengthOf(doc, t) === 4) return true;
  return false;
}
