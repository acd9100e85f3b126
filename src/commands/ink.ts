/**
 * Colours for a terminal, and the colour of each category. `util.styleText` is not in every Node 20, so these are the
 * plain ANSI codes; nothing is coloured off a terminal or under NO_COLOR.
 */
import type { WriteStream } from 'node:tty';
import { CATEGORIES, type Category } from '../../detectors/contract.js';

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
} as const;

export type Look = keyof typeof CODES;
export type Ink = (text: string, ...looks: readonly Look[]) => string;

const plain: Ink = (text) => text;
const coloured: Ink = (text, ...looks) =>
  looks.reduce((inner, look) => `\x1b[${CODES[look][0]}m${inner}\x1b[${CODES[look][1]}m`, text);

export function inkOf(colour: boolean): Ink {
  return colour ? coloured : plain;
}

export function hasColour(stream: WriteStream): boolean {
  return stream.isTTY === true && (process.env.NO_COLOR ?? '') === '' && process.env.TERM !== 'dumb';
}

/** Who it is, where, when, how to reach them, by which number, and what is theirs. */
const LOOKS: { readonly [C in Category]: Look } = {
  name: 'magenta',
  geography: 'green',
  date: 'yellow',
  phone: 'cyan',
  fax: 'cyan',
  email: 'cyan',
  ssn: 'red',
  mrn: 'red',
  'health-plan': 'red',
  account: 'red',
  license: 'red',
  vehicle: 'blue',
  device: 'blue',
  url: 'cyan',
  ip: 'cyan',
  biometric: 'blue',
  photo: 'blue',
  'other-id': 'red',
};

const BY_TAG = new Map(CATEGORIES.map((category) => [category.toUpperCase(), LOOKS[category]]));
const LABEL = /\[([A-Z-]+?)(?:-\d{1,7}|:[A-Z2-7]{16})\]/g;

export function lookOf(category: Category): Look {
  return LOOKS[category];
}

/** Colours the labels in redacted text. */
export function inkLabels(ink: Ink, text: string): string {
  if (ink === plain) return text;
  return text.replace(LABEL, (label, tag: string) => {
    const look = BY_TAG.get(tag);
    return look === undefined ? label : ink(label, 'bold', look);
  });
}
