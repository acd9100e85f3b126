/**
 * (M) Device identifiers and serial numbers: implants and pumps, and the phones and monitors that people carry. Forms
 * that speak for themselves (UDI, MAC address, IMEI) are found anywhere; serial, lot and asset numbers by their labels.
 */
import { type Detector, type Doc, type Emit, Gap, type Rule, Shape } from './contract.js';
import { claimBefore, claimOf } from './kit/claim.js';
import { answerBelow, cellsBelow } from './kit/column.js';
import { DEVICE_LABELS } from './kit/device-labels.js';
import { isTelling, macEnd } from './kit/hardware.js';
import { hashOf } from './kit/hash.js';
import { type Claim, codeAtToken, Trust } from './kit/id-code.js';
import { isHyphenedImei, isImei } from './kit/imei.js';
import { codeAt, labelAt, saidBefore } from './kit/read.js';
import { bareGs1End, gs1End, hibccEnd, iccbbaEnd, isBareGs1, isSureHibcc } from './kit/udi.js';
import { isPlainUnit } from './kit/units.js';

const UDI: Rule = {
  name: 'device.udi',
  kind: 'udi',
  confidence: 0.97,
  about: 'A UDI as GS1, HIBCC or ICCBBA write it',
};
const BARE: Rule = {
  name: 'device.udi-bare',
  kind: 'udi',
  confidence: 0.85,
  about: 'A GS1 UDI without brackets whose GTIN holds',
};
const MAC: Rule = {
  name: 'device.mac',
  kind: 'mac',
  confidence: 0.95,
  about: 'A hardware address: 00:1A:2B:3C:4D:5E and its other forms',
};
const IMEI: Rule = {
  name: 'device.imei',
  kind: 'imei',
  confidence: 0.65,
  about: 'Fifteen digits of a phone maker whose check digit holds',
};
const SERIAL: Rule = {
  name: 'device.serial',
  kind: 'serial',
  confidence: 0.95,
  about: 'A code after a serial number label: serial no., S/N',
};
const LOT: Rule = { name: 'device.lot', kind: 'lot', confidence: 0.92, about: 'A code after a lot or batch label' };
const IDENTIFIER: Rule = {
  name: 'device.label',
  kind: 'device',
  confidence: 0.94,
  about: 'A code after a label for a device: device id, asset tag, IMEI, pump number',
};
const WORD: Rule = {
  name: 'device.word',
  kind: 'device',
  confidence: 0.85,
  about: 'A code right behind "serial", "SN" or "lot"',
};

/** Words that may stand between a serial label and its code: which side, which part. */
const PARTS = new Set(
  'r l right left rt lt od os ra rv lv atrial ventricular lead leads generator pump device cup stem head liner battery main primary secondary aid ear'
    .split(' ')
    .map(hashOf),
);
const HARDWARE = new Set(
  ['mac', 'macs', 'hardware', 'ethernet', 'physical', 'bluetooth', 'wifi', 'bssid', 'ble', 'lan', 'wlan'].map(hashOf),
);
const PHONES = new Set(
  ['imei', 'phone', 'device', 'handset', 'cell', 'tablet', 'mobile', 'smartphone', 'modem'].map(hashOf),
);
const AND = hashOf('and');
const COPULAS = new Set(['is', 'was', 'reads', 'read', 'shows'].map(hashOf));
const LIST_MAX = 4;

const EXPLICIT = (1 << Gap.Colon) | (1 << Gap.Equals) | (1 << Gap.Hash) | (1 << Gap.Pipe);

export const device: Detector<'device'> = {
  category: 'device',
  citation: '164.514(b)(2)(i)(M)',
  rules: [UDI, BARE, MAC, IMEI, SERIAL, LOT, IDENTIFIER, WORD],
  anchors: {
    shapes: (1 << Shape.Digits14) | (1 << Shape.Digits15) | (1 << Shape.DigitsLong) | (1 << Shape.AlnumLong),
    gaps: (1 << Gap.Colon) | (1 << Gap.Hyphen) | (1 << Gap.Dot) | (1 << Gap.Plus) | (1 << Gap.Other) | (1 << Gap.Leaf),
    labels: DEVICE_LABELS,
    fields: { device: ['device', 'hardware', 'handset', 'ser', 'batch', 'implant', 'pacemaker', 'generator', 'sim'] },
  },
  read(doc: Doc, at: number, emit: Emit): void {
    if (doc.label[at] !== 0) labelled(doc, at, emit);
    const { gap, text, start } = doc;
    switch (gap[at]) {
      case Gap.Colon:
      case Gap.Dot:
        hardware(doc, at, emit);
        break;
      case Gap.Hyphen:
        hardware(doc, at, emit);
        if (isHyphenedImei(doc, at)) emit(start[at - 1], doc.end[at + 2], IMEI, 0.9);
        break;
      case Gap.Plus:
      case Gap.Other:
      case Gap.Leaf: {
        const sign = text[start[at] - 1];
        if (sign === 0x2b || sign === 0x2f) signed(doc, start[at] - 1, sign, emit);
        break;
      }
      default:
    }
    switch (doc.shape[at]) {
      case Shape.Digits14:
        bracketed(doc, at, emit);
        break;
      case Shape.Digits15:
        if (isImei(doc, at)) emit(start[at], doc.end[at], IMEI, saidBefore(doc, at, 6, PHONES) ? 0.9 : IMEI.confidence);
        break;
      case Shape.DigitsLong:
      case Shape.AlnumLong:
        if (isBareGs1(text, start[at], doc.end[at])) emit(start[at], bareGs1End(text, start[at], doc.length), BARE);
        break;
      default:
    }
  },
};

/** What a label claims, with the further codes of a list: "serial numbers: R 48213A, L 48214A". */
function labelled(doc: Doc, at: number, emit: Emit): void {
  const label = labelAt(doc, at);
  if (label === null || label.category !== 'device') return;
  const value = doc.value[at];
  if (label.kind === 'mac') {
    const end = value < 0 ? -1 : macEnd(doc.text, doc.start[value], doc.length);
    if (end > 0) emit(doc.start[value], end, MAC);
    return;
  }
  const bare = label.field === true || label.kind.startsWith('bare');
  const explicit = label.field !== true && value >= 0 && ((1 << doc.gap[value]) & EXPLICIT) !== 0;
  const trust = bare && !explicit ? Trust.Word : Trust.Label;
  const rule =
    trust === Trust.Word
      ? WORD
      : label.kind.endsWith('serial')
        ? SERIAL
        : label.kind.endsWith('lot')
          ? LOT
          : IDENTIFIER;
  // "A lot of 20,000": the bare word needs its code at once.
  const direct =
    !bare || explicit || label.field === true || value === at + 1 || (value > 0 && COPULAS.has(doc.hash[value - 1]));
  let claim = direct
    ? (partClaim(doc, value) ?? claimOf(doc, at, trust) ?? (bare ? null : claimBefore(doc, at)))
    : null;
  if (claim === null && label.field !== true) {
    const below = answerBelow(doc, at);
    claim = below < 0 || bare ? null : codeAtToken(doc, below);
    cellsBelow(doc, at, (first) => {
      const cell = codeAtToken(doc, first);
      if (cell !== null) emit(cell.start, cell.end, rule);
    });
  }
  if (claim !== null && label.field === true && claim.digits < 5) return;
  // "serial=WGS48887Y hr=108": what looks like a unit behind does not make such a code an amount.
  const code = claim === null && explicit ? codeAt(doc, value) : null;
  if (code !== null && code.digits > 3 && code.letters > 1) emit(doc.start[code.first], doc.end[code.last], rule);
  for (let count = 0; claim !== null && count < LIST_MAX; count++) {
    emit(claim.start, claim.end, rule);
    claim = further(doc, claim);
  }
}

/** The code behind a word for the part that it belongs to. */
function partClaim(doc: Doc, value: number): Claim | null {
  if (value < 0 || value + 1 >= doc.count || !PARTS.has(doc.hash[value])) return null;
  const gap = doc.gap[value + 1];
  return gap === Gap.Blank || gap === Gap.Colon || gap === Gap.Hash || gap === Gap.Dash
    ? codeAtToken(doc, value + 1)
    : null;
}

function further(doc: Doc, claim: Claim): Claim | null {
  const { digits } = claim;
  const form = claim.letters > 0;
  let t = claim.last + 1;
  if (t >= doc.count || digits < 4) return null;
  const gap = doc.gap[t];
  if (gap === Gap.Blank && doc.hash[t] === AND) t++;
  else if (gap !== Gap.Comma && gap !== Gap.Slash && gap !== Gap.Ampersand && gap !== Gap.Stop) return null;
  const part = partClaim(doc, t);
  if (part !== null) return part.digits > 3 ? part : null;
  const next = doc.owner[t] === 0 ? codeAtToken(doc, t) : null;
  return next !== null && next.letters > 0 === form && Math.abs(next.digits - digits) <= 2 ? next : null;
}

/** A hardware address whose second group is the token. */
function hardware(doc: Doc, at: number, emit: Emit): void {
  const { text, start, end, gap } = doc;
  if (at === 0) return;
  const size = end[at] - start[at];
  const sign = text[start[at] - 1];
  if (
    (size !== 2 && size !== 4) ||
    text[end[at]] !== sign ||
    end[at - 1] - start[at - 1] !== size ||
    start[at] - end[at - 1] !== 1
  )
    return;
  const from = start[at - 1];
  if (gap[at - 1] === gap[at] && text[from - 1] === sign && isPlainUnit(text[from - 2])) return;
  const stop = macEnd(text, from, doc.length);
  if (stop < 0) return;
  if (sign !== 0x3a && !isTelling(text, from, stop) && !saidBefore(doc, at - 1, 4, HARDWARE)) return;
  emit(from, stop, MAC);
}

/** (01) and fourteen digits. */
function bracketed(doc: Doc, at: number, emit: Emit): void {
  const { text } = doc;
  let i = doc.start[at] - 1;
  if (text[i] === 0x20) i--;
  if (i < 3 || text[i] !== 0x29 || text[i - 1] !== 0x31 || text[i - 2] !== 0x30 || text[i - 3] !== 0x28) return;
  const end = gs1End(text, i - 3, doc.length);
  if (end > 0) emit(i - 3, end, UDI);
}

/** A HIBCC string behind its plus, an ICCBBA string behind `=/`. */
function signed(doc: Doc, at: number, sign: number, emit: Emit): void {
  const { text } = doc;
  if (sign === 0x2b) {
    if (at > 0 && (isPlainUnit(text[at - 1]) || text[at - 1] === 0x2f)) return;
    const end = hibccEnd(text, at, doc.length);
    if (end > 0 && isSureHibcc(text, at, end)) emit(at, end, UDI);
  } else if (at > 0) {
    const end = iccbbaEnd(text, at - 1, doc.length);
    if (end > 0) emit(at - 1, end, UDI);
  }
}
