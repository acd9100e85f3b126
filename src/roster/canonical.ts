/**
 * One form for each identifier, however it is written; an empty text where there is nothing to compare: placeholders such as
 * 000-00-0000, numbers too short to be anybody's. Roster and message go through the same functions.
 */
import { alnum, code, digits, fold, isPlain } from './fold.js';
import { Remembered } from './remembered.js';

/** Shortest number of a chart or a member that is looked up; shorter ones are room numbers and doses. */
export const codeSignsMin = 4;
export const codeSignsMax = 40;
export const phoneDigitsMin = 8;
export const phoneDigitsMax = 15;
export const emailUnitsMax = 254;
const ZERO = 0x30;
const NUMBER_SIGN = 0x23;
const LETTER_E = 0x65;
const LETTER_X = 0x78;

/** MRN, or the id that messages name a patient by: signs between do not count, nor do zeros in front of a number. */
export function chart(text: string): string {
  const whole = code(text);
  if (whole.length < codeSignsMin || whole.length > codeSignsMax) return '';
  return whole.charCodeAt(0) === ZERO && /^[0-9]+$/.test(whole) ? whole.replace(/^0+/, '') : whole;
}

/** As FHIR refers to it: `Patient/123`, or the same behind a server's address. */
export function patientId(text: string): string {
  return chart(text.slice(text.lastIndexOf('/') + 1));
}

export function member(text: string): string {
  const whole = code(text);
  return whole.length < codeSignsMin || whole.length > codeSignsMax || isUniform(whole) ? '' : whole;
}

/** Nine digits that the SSA may have given out, or an ITIN. */
export function ssn(text: string): string {
  const number = digits(isPlain(text) ? text : fold(text));
  if (number.length !== 9) return '';
  const given = /^(?!000|666|99999)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(number);
  return given && !isUniform(number) && number !== '123456789' && number !== '078051120' ? number : '';
}

/** North American without the 1; any other with its country code. An extension is not part of it. */
export function phone(text: string): string {
  const folded = isPlain(text) ? text : fold(text);
  let number = digits(folded, extensionAt(folded));
  if (number.startsWith('00')) number = number.slice(2);
  if (number.length === 11 && number.startsWith('1')) number = number.slice(1);
  const fits = number.length >= phoneDigitsMin && number.length <= phoneDigitsMax;
  return fits && !isUniform(number) ? number : '';
}

function extensionAt(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if ((unit | 0x20) === LETTER_E || (unit | 0x20) === LETTER_X || unit === NUMBER_SIGN) return i;
  }
  return text.length;
}

/** Without a tag behind +; without dots where the provider ignores them. */
export function email(text: string): string {
  const written = fold(text).trim();
  const folded = written.startsWith('mailto:') ? written.slice('mailto:'.length) : written;
  const at = folded.lastIndexOf('@');
  if (at < 1 || folded.length > emailUnitsMax) return '';
  const said = folded.slice(at + 1);
  const domain = said === 'googlemail.com' ? 'gmail.com' : said;
  const tag = folded.indexOf('+');
  const name = folded.slice(0, tag < 0 ? at : Math.min(tag, at));
  const box = domain === 'gmail.com' ? name.replaceAll('.', '') : name;
  return box.length > 0 && domain.includes('.') ? `${box}@${domain}` : '';
}

export function zip(text: string): string {
  if (/^\d{5}$/.test(text)) return text;
  return /^\s*(\d{5})(?:-?\d{4})?\s*$/.exec(fold(text))?.[1] ?? '';
}

const STREET: ReadonlyMap<string, string> = new Map(
  [
    'avenue ave av',
    'boulevard blvd boul',
    'circle cir',
    'court ct',
    'crescent cres',
    'drive dr',
    'expressway expy',
    'heights hts',
    'highway hwy',
    'lane ln',
    'parkway pkwy',
    'place pl',
    'plaza plz',
    'road rd',
    'route rte',
    'square sq',
    'street str st',
    'terrace ter terr',
    'trail trl',
    'turnpike tpke',
    'way wy',
    'north n',
    'south s',
    'east e',
    'west w',
    'northeast ne',
    'northwest nw',
    'southeast se',
    'southwest sw',
    'mount mt',
    'saint',
    'fort ft',
  ].flatMap((line) => {
    const forms = line.split(' ');
    return forms.map((form) => [form, forms[0]] as const);
  }),
);
const UNITS = 'apartment apt unit suite ste floor fl room rm bldg lot trlr'.split(' ');
const UNIT = new RegExp(`\\b(?:${UNITS.join('|')})\\b\\.?\\s*#?\\s*[a-z0-9-]+|#\\s*[a-z0-9-]+`, 'g');

/** A word of a street in full. */
export function streetWord(word: string): string {
  return STREET.get(word) ?? word;
}

/** Whether a word says that the next one is a flat's. */
export function isUnitWord(word: string): boolean {
  return UNITS.includes(word);
}

/** House number and street, words in full, without the flat; with the ZIP, since every town has a Main Street. */
export function address(line: string, zip5: string): string {
  return placeOf(line, zip5).house;
}

export interface Place {
  readonly house: string;
  /** The same with its flat: who lives there shares it, neighbours do not. */
  readonly home: string;
}

const NOWHERE: Place = { house: '', home: '' };

export function placeOf(line: string, zip5: string): Place {
  if (zip5 === '') return NOWHERE;
  const at = line.search(/\d/);
  const behind = at < 0 ? -1 : line.indexOf(' ', at);
  if (behind < 0) return NOWHERE;
  const { street, flat } = streets.of(line.slice(behind));
  if (street === '') return NOWHERE;
  const written = line.slice(at, behind);
  const number = digits(written) === written ? written : alnum(fold(written));
  const house = `${number} ${street} ${zip5}`;
  return { house, home: `${house} ${flat}` };
}

const streets = new Remembered((text) => {
  const folded = fold(text);
  const first = folded.replace(UNIT, ' ').replace(/[\n,].*$/s, '');
  const words = first.replace(/[.']/g, '').match(/[\p{L}\p{N}]+/gu) ?? [];
  const street = words.map(streetWord).join(' ');
  return { street, flat: alnum(folded.match(UNIT)?.[0] ?? '').replace(/^\D+(?=\w)/, '') };
});

function isUniform(code: string): boolean {
  for (let i = 1; i < code.length; i++) if (code.charCodeAt(i) !== code.charCodeAt(0)) return false;
  return true;
}
