/**
 * A person's name as given and family name: of a roster by its columns, of a message by every reading that its words allow.
 * Hyphens, particles and apostrophes join; titles and suffixes go; each half of a double name is a family name too.
 */
import { fold, isPlain } from './fold.js';
import { Remembered } from './remembered.js';

export interface PersonName {
  readonly given: string;
  readonly family: string;
}

/** Most readings of one name of a message, and most words of it that are looked at. */
const READINGS_MAX = 6;
const WORDS_MAX = 6;
const FAMILY_FORMS_MAX = 4;

const DROPPED = new Set(
  'mr mrs ms miss mx dr doctor prof professor sir dame rev fr sr sra srta senor senora jr snr jnr ii iii iv md do phd rn np pa dds esq pt patient'.split(
    ' ',
  ),
);
const PARTICLES = new Set(
  'de del della di da dos das du la le las los van von der den ter ten bin ibn al el st san santa abu'.split(' '),
);

/** Words of a folded name, without what belongs to no name; if nothing else is left (Do is a family name too), with it. */
function wordsOf(folded: string): string[] {
  const bare = /['’ʼ`.]/.test(folded) ? folded.replace(/['’ʼ`.]/g, (sign) => (sign === '.' ? ' ' : '')) : folded;
  const all: string[] = [];
  for (const word of bare.match(isPlain(bare) ? /[a-z-]+/g : /[\p{L}-]+/gu) ?? []) {
    const inner = word.includes('-') ? word.replace(/^-+|-+$/g, '') : word;
    if (inner !== '') all.push(inner);
  }
  const kept = all.filter((word) => !DROPPED.has(word));
  return kept.length === 0 ? all : kept;
}

/** The first given name; what follows it is rarely said. */
export function givenOf(text: string): string {
  return givens.of(text);
}

const givens = new Remembered((text) => (wordsOf(fold(text))[0] ?? '').replaceAll('-', ''));

/** A family name in one word, and each half of a double one: Garcia-Lopez is Garcia to some and Lopez to others. */
export function familyForms(text: string): readonly string[] {
  return families.of(text);
}

const families = new Remembered((text) => formsOf(wordsOf(fold(text))));

function formsOf(words: readonly string[]): readonly string[] {
  if (words.length === 1 && !words[0].includes('-')) return words;
  const parts: string[] = [];
  let held = '';
  for (const word of words.flatMap((one) => one.split('-'))) {
    held += word;
    if (PARTICLES.has(word)) continue;
    parts.push(held);
    held = '';
  }
  if (held !== '') parts.push(held);
  const forms = parts.length > 1 ? [parts.join(''), ...parts] : parts;
  return [...new Set(forms)].slice(0, FAMILY_FORMS_MAX);
}

/** What a name in a message may be: "Garcia, Ana M", "Dr. Ana Garcia Lopez", "garcia ana". The likeliest readings come first. */
export function readings(text: string): readonly PersonName[] {
  const folded = fold(text);
  return plainReadings(folded) ?? wordReadings(folded);
}

/** Two plain words, as most names are. */
function plainReadings(folded: string): readonly PersonName[] | undefined {
  const two = /^([a-z]+)(,?) ([a-z]+)$/.exec(folded);
  if (two === null) return undefined;
  const [, first, comma, last] = two;
  if (first === last || DROPPED.has(first)) return undefined;
  const turned = first.length > 1 ? [{ given: last, family: first }] : [];
  return comma !== '' ? turned : last.length > 1 ? [{ given: first, family: last }, ...turned] : turned;
}

function wordReadings(folded: string): readonly PersonName[] {
  const [before, behind] = folded.split(/,(.*)/s);
  const head = wordsOf(before).slice(0, WORDS_MAX);
  const tail = behind === undefined ? [] : wordsOf(behind).slice(0, WORDS_MAX);
  const all: PersonName[] = [];
  const add = (given: string | undefined, family: readonly string[]): void => {
    if (given !== undefined)
      for (const form of formsOf(family)) all.push({ given: given.replaceAll('-', ''), family: form });
  };
  if (tail.length > 0) add(tail[0], head);
  else if (head.length > 1) {
    add(head[0], head.slice(familyAt(head)));
    if (head.length > 2) add(head[0], head.slice(1));
    if (head.length === 2) add(head[1], head.slice(0, 1));
  }
  const seen = new Set<string>();
  return all
    .filter(
      ({ given, family }) => given !== family && !seen.has(`${given} ${family}`) && seen.add(`${given} ${family}`),
    )
    .slice(0, READINGS_MAX);
}

/** The last word, with the particles in front of it; never the first. */
function familyAt(words: readonly string[]): number {
  let at = words.length - 1;
  while (at > 1 && PARTICLES.has(words[at - 1])) at--;
  return at;
}

/** How far around half a name its other half is looked for, where a detector has seen one only. */
const NEIGHBOUR_UNITS = 24;
const SPACE = 0x20;
const COMMA = 0x2c;

/**
 * A name that stands in a text, as `read` reads what stands from one place to another: one word alone may be half of one, with the
 * word before or behind it.
 */
export function readingsIn<T>(
  text: string,
  start: number,
  end: number,
  read: (text: string, from: number, to: number) => readonly T[],
): readonly T[] {
  if (hasSpace(text, start, end)) return read(text, start, end);
  const left = leftOf(text, start);
  const right = rightOf(text, end);
  if (left === start) return right === end ? [] : read(text, start, right);
  const before = read(text, left, end);
  return right === end ? before : [...before, ...read(text, start, right)];
}

/** Where the word before a name begins: "Garcia, " or "Ana "; the name itself if there is none. */
function leftOf(text: string, start: number): number {
  if (start < 2 || text.charCodeAt(start - 1) !== SPACE) return start;
  const last = text.charCodeAt(start - 2) === COMMA ? start - 3 : start - 2;
  const first = Math.max(0, start - NEIGHBOUR_UNITS);
  let at = last;
  while (at >= first && isOfName(text.charCodeAt(at))) at--;
  return at === last ? start : at + 1;
}

/** Where the word behind a name ends. */
function rightOf(text: string, end: number): number {
  if (end + 2 > text.length) return end;
  const first = text.charCodeAt(end) === COMMA ? end + 2 : end + 1;
  if (text.charCodeAt(first - 1) !== SPACE) return end;
  const limit = Math.min(text.length, end + NEIGHBOUR_UNITS);
  let at = first;
  while (at < limit && isOfName(text.charCodeAt(at))) at++;
  return at === first ? end : at;
}

/** Whether a stretch is more than one word. */
export function hasSpace(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (isSpace(text.charCodeAt(at))) return true;
  return false;
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || (unit > 0x7f && /\s/.test(String.fromCharCode(unit)));
}

/** Letters, hyphens and apostrophes. */
function isOfName(unit: number): boolean {
  if (unit < 0x80) return ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a) || unit === 0x2d || unit === 0x27;
  return unit === 0x2019 || /\p{L}/u.test(String.fromCharCode(unit));
}
