/**
 * Hashes, templates and tokens that are longer than any number people write: runs of base64 or hexadecimal units, which say
 * nothing by themselves but can be claimed by a word near them. Asked about a token of seventeen characters or more.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { base64End } from '../photo/base64.js';
import { isBase64Unit } from '../units.js';
import { claimed } from './claimed.js';

const RUN_MIN = 20;
const BACK_UNITS_MAX = 40;
const BACK_TOKENS_MAX = 8;
const EQUALS = 0x3d;
const COLON = 0x3a;
const SLASH = 0x2f;

/** Whether the token is the first long part of such a run; `claimed` then holds the run. */
export function machineRun(doc: Doc, at: number): boolean {
  if (doc.shape[at] !== Shape.AlnumLong) return false;
  const { text, start } = doc;
  const edge = Math.max(0, start[at] - BACK_UNITS_MAX);
  let from = start[at];
  while (from > edge && isBase64Unit(text[from - 1]) && text[from - 1] !== EQUALS) from--;
  if (from === edge && edge > 0) return false;
  let first = at;
  while (first > 0 && at - first < BACK_TOKENS_MAX && start[first - 1] >= from) {
    first--;
    if (doc.shape[first] === Shape.AlnumLong || doc.shape[first] === Shape.Redacted) return false;
  }
  const end = base64End(text, from, doc.length);
  if (end - from < RUN_MIN || end - from < doc.end[at] - from || isSchemed(doc, from)) return false;
  claimed.first = first;
  claimed.last = at;
  claimed.start = from;
  claimed.end = end;
  claimed.letters = RUN_MIN;
  claimed.digits = RUN_MIN;
  return doc.gap[first] !== Gap.At;
}

/** https://host/path */
function isSchemed(doc: Doc, from: number): boolean {
  return from > 0 && doc.text[from - 1] === COLON && doc.text[from] === SLASH;
}
