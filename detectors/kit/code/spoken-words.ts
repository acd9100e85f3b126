/** What a word says when a code is read out: a digit, a number, a letter by one of the spelling alphabets, or a pause. */
import { WordTable } from '../words.js';

/** The lowest four bits: a digit, or how often the next one stands, one more than its value. */
export const DIGIT = 0x0f;
/** ten, fifteen: two digits. */
export const TEEN = 1 << 4;
/** twenty: two digits, of which a digit behind it is the second. */
export const TENS = 1 << 5;
export const REPEAT = 1 << 6;
/** A letter by a word that means it and hardly anything else beside digits. */
export const LETTER = 1 << 7;
/** A letter by a word that is a name, too. */
export const NAMED_LETTER = 1 << 8;
/** A sign that is read out, or a pause. */
export const FILLER = 1 << 9;
/** "D as in dog", "B for boy": leads from a letter to its word. */
export const AS = 1 << 10;
export const IN = 1 << 11;
export const FOR = 1 << 13;
/** Behind a number in words: what it counts or measures; or that it is a part of an amount. */
export const MEASURE = 1 << 12;

export const SOUNDS = new WordTable([
  [1, 'zero oh o nought naught'],
  ...'one two three four five six seven eight nine'.split(' ').map((word, i) => [i + 2, word] as const),
  [10, 'niner'],
  [TEEN, 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'],
  [TENS, 'twenty thirty forty fourty fifty sixty seventy eighty ninety'],
  [REPEAT | 2, 'double'],
  [REPEAT | 3, 'triple treble'],
  [
    LETTER,
    'alpha alfa bravo echo foxtrot kilo lima papa quebec romeo sierra tango uniform whiskey whisky xray yankee zulu zebra',
  ],
  [
    NAMED_LETTER,
    'charlie delta golf hotel india juliet juliett mike november oscar victor adam boy charles david edward frank george henry ida john king lincoln mary nora ocean paul queen robert sam tom union william young',
  ],
  [FILLER, 'dash hyphen slash dot space uh um er then'],
  [AS, 'as'],
  [FOR, 'for like'],
  [IN, 'in'],
  [
    MEASURE,
    'point over percent degrees milligrams milligram mg mcg micrograms units ml cc grams kilos pounds ounces inches feet hours hour minutes minute seconds days day weeks week months month years year ' +
      'times tablets tablet pills pill puffs doses dose drops dollars cents hundred thousand million billion out to millimeters centimeters',
  ],
]);
