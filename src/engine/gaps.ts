/** What signs and blanks between two tokens say: of one sign by itself, with a blank beside it, and of several of them. */
import { Flag, Gap } from '../../detectors/contract.js';

/** What the gap before a token says of it. */
export const FLAGS_BEHIND = new Uint8Array(32);
FLAGS_BEHIND[Gap.Leaf] = FLAGS_BEHIND[Gap.Line] = Flag.LineStart | Flag.SentenceStart;
FLAGS_BEHIND[Gap.Stop] = Flag.SentenceStart;

/** Gap of a single sign without blanks, and with blanks, by ASCII code. */
export const TIGHT = new Uint8Array(128).fill(Gap.Other);
export const LOOSE = new Uint8Array(128).fill(Gap.Other);
for (const [sign, tight, loose] of [
  ['-', Gap.Hyphen, Gap.Dash],
  ['.', Gap.Dot, Gap.Stop],
  ['!', Gap.Stop, Gap.Stop],
  ['?', Gap.Stop, Gap.Stop],
  [';', Gap.Stop, Gap.Stop],
  [',', Gap.Comma, Gap.Comma],
  [':', Gap.Colon, Gap.Colon],
  ['/', Gap.Slash, Gap.Slash],
  ["'", Gap.Apostrophe, Gap.Quote],
  ['@', Gap.At, Gap.At],
  ['_', Gap.Underscore, Gap.Other],
  ['#', Gap.Hash, Gap.Hash],
  ['=', Gap.Equals, Gap.Equals],
  ['(', Gap.Open, Gap.Open],
  ['[', Gap.Open, Gap.Open],
  ['{', Gap.Open, Gap.Open],
  [')', Gap.Close, Gap.Close],
  [']', Gap.Close, Gap.Close],
  ['}', Gap.Close, Gap.Close],
  ['|', Gap.Pipe, Gap.Pipe],
  ['+', Gap.Plus, Gap.Plus],
  ['&', Gap.Ampersand, Gap.Ampersand],
] as const) {
  TIGHT[sign.charCodeAt(0)] = tight;
  LOOSE[sign.charCodeAt(0)] = loose;
}

/** Signs that say nothing beside another: double quote, backslash, backtick, asterisk. */
export const SOFT = new Uint8Array(128);
for (const sign of '"\\`*') SOFT[sign.charCodeAt(0)] = 1;

/** Signs behind which the next one tells: "(RN), Ann", "Jr., MD", "by noon. - R. Yoder". */
export const PASSED = signSet(')].,;!?-');
/** Signs that tell, be it behind others. */
export const TELLS = signSet('-.,;:!?()[]|');

/** Which signs are in a set, by ASCII code. */
export function signSet(signs: string): Uint8Array {
  const set = new Uint8Array(128);
  for (const sign of signs) set[sign.charCodeAt(0)] = 1;
  return set;
}

export const OPEN_BRACKET = 0x5b;
export const DOT = 0x2e;
export const SPACE = 0x20;

/** Gap of one unit between two tokens, alone and with a space beside it; 0 where one has to look closer. */
export const ALONE = TIGHT.slice();
export const SPACED = LOOSE.slice();
for (const table of [ALONE, SPACED]) {
  for (let c = 0; c < 128; c++) if (SOFT[c] === 1) table[c] = Gap.Quote;
  for (const blank of ' \t') table[blank.charCodeAt(0)] = Gap.Blank;
  for (const end of '\n\v\f\r') table[end.charCodeAt(0)] = Gap.Line;
  table[OPEN_BRACKET] = Gap.Leaf;
}
