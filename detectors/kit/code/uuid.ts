/** Universally unique identifiers (RFC 9562): 8-4-4-4-12 hexadecimal digits, perhaps behind "urn:uuid:". */
import { type Doc, Gap, Shape } from '../../contract.js';
import { hashOf } from '../hash.js';
import { isDigits, lengthOf, numberAt } from '../read.js';
import { isHexUnit } from '../units.js';

const UUID_LENGTHS = [8, 4, 4, 4, 12];
const URN = hashOf('urn');
const UUID_WORD = hashOf('uuid');

/** Where the identifier begins whose last group the token is, in code units, or -1. */
export function uuidStart(doc: Doc, at: number): number {
  const first = at - 4;
  if (first < 0 || doc.shape[first] === Shape.Redacted) return -1;
  for (let k = 0; k < 5; k++) {
    const t = first + k;
    if (lengthOf(doc, t) !== UUID_LENGTHS[k] || (k > 0 && doc.gap[t] !== Gap.Hyphen)) return -1;
    for (let i = doc.start[t]; i < doc.end[t]; i++) if (!isHexUnit(doc.text[i])) return -1;
  }
  if (isNil(doc, first, at)) return -1;
  const urn =
    first >= 2 &&
    doc.gap[first] === Gap.Colon &&
    doc.hash[first - 1] === UUID_WORD &&
    doc.hash[first - 2] === URN &&
    doc.gap[first - 1] === Gap.Colon;
  return doc.start[urn ? first - 2 : first];
}

/** 00000000-0000-0000-0000-000000000000 (RFC 9562, 5.9) */
function isNil(doc: Doc, first: number, last: number): boolean {
  for (let t = first; t <= last; t++) if (!isDigits(doc, t) || numberAt(doc, t) !== 0) return false;
  return true;
}
