/**
 * Object identifiers: which dotted numbers are DICOM instances, made for one study of one person, and which name a code
 * system, a class or an algorithm that everybody shares (DICOM PS3.5 chapter 9, PS3.6 annex A; HL7's registry).
 */
import { isDigitUnit } from '../units.js';

/** DICOM allows 64 characters (PS3.5, 9.1). */
const OID_MAX = 64;
const COMPONENTS_MIN = 6;
const SIZE_MIN = 18;

/** Roots of what everybody shares: DICOM's own classes, HL7's and Epic's code systems, algorithms, management data. */
const SHARED = [
  '1.2.840.10008',
  '2.16.840.1.113883',
  '1.2.840.114350',
  '1.2.840.113549',
  '1.2.840.10045',
  '1.2.840.10040',
  '1.2.840.113556',
  '1.3.6.1.5',
  '1.3.6.1.2',
  '1.3.6.1.4.1.311',
  '1.3.6.1.4.1.19376',
  '2.5.4',
  '2.5.29',
  '1.3.14',
  '1.3.132',
];
/** Arcs below which makers of scanners and software give out instances. */
const ARCS = ['1.2.', '1.3.', '2.16.', '2.25.'];

/** End of the dotted number that begins at `from`, or -1 when it is no well-formed identifier. */
export function oidEnd(text: Uint16Array, from: number, length: number): number {
  let i = from;
  for (;;) {
    const component = i;
    while (i < length && i - from <= OID_MAX && isDigitUnit(text[i])) i++;
    if (i === component || (text[component] === 0x30 && i - component > 1)) return -1;
    if (text[i] !== 0x2e || !isDigitUnit(text[i + 1])) break;
    i++;
  }
  return i - from <= OID_MAX ? i : -1;
}

/** Whether everybody shares what the identifier names. */
export function isSharedOid(text: Uint16Array, from: number, to: number): boolean {
  return SHARED.some(
    (root) => startsWith(text, from, root) && (from + root.length === to || text[from + root.length] === 0x2e),
  );
}

/** Whether it reads as an instance even without a label: long, many components, one of them large. */
export function isInstanceOid(text: Uint16Array, from: number, to: number): boolean {
  if (to - from < SIZE_MIN || !ARCS.some((arc) => startsWith(text, from, arc))) return false;
  let components = 1;
  let size = 0;
  let largest = 0;
  for (let i = from; i < to; i++) {
    if (text[i] === 0x2e) {
      components++;
      size = 0;
    } else largest = Math.max(largest, ++size);
  }
  return startsWith(text, from, '2.25.') ? largest > 18 : components >= COMPONENTS_MIN && largest >= 5;
}

function startsWith(text: Uint16Array, from: number, root: string): boolean {
  for (let i = 0; i < root.length; i++) if (text[from + i] !== root.charCodeAt(i)) return false;
  return true;
}
