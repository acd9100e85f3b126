/** A day that is read out digit by digit behind its label: "date of birth? oh five one seven four four". */
import type { Doc } from '../../contract.js';
import { claimed } from '../code/claimed.js';
import { spoken, spokenCode } from '../code/spoken-code.js';

const SHORT = 6;
const LONG = 8;

/** Whether six or eight digits begin at a token, most of them in words; `claimed` then holds them. */
export function isSpokenDay(doc: Doc, at: number): boolean {
  if (!spokenCode(doc, at) || claimed.first !== at || claimed.letters > 0 || spoken.words < SHORT - 1) return false;
  return claimed.digits === SHORT || claimed.digits === LONG;
}
