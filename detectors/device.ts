/**
 * (M) Device identifiers and serial numbers: implants and pumps, and the phones and monitors that people carry. Forms
 * that speak for themselves (UDI, MAC address, IMEI) are found anywhere; serial, lot and asset numbers by their labels, or
 * by the device that they stand beside.
 */
import { Cue, type Detector, type Doc, type Emit, Flag, Gap, type Label, type Rule, Shape } from './contract.js';
import { gtin } from './kit/code/checksum.js';
import { claimBefore, claimOf, opaqueAt, opaqueClaim } from './kit/code/claim.js';
import { answerBelow, cellsBelow } from './kit/code/column.js';
import { cueConfidence, isCued } from './kit/code/cued.js';
import { type Claim, claimed, codeAtToken, codeFrom, Trust } from './kit/code/id-code.js';
import { claimBeside } from './kit/device/beside.js';
import {
  claimFurther,
  claimLoose,
  claimOfPart,
  claimReached,
  claimSecond,
  claimShort,
  endOfClaim,
  isOfSubstance,
  shortCell,
} from './kit/device/claim.js';
import {
  bracketedEnd,
  donationEnd,
  formStart,
  isIccid,
  isUdiPart,
  longNumberEnd,
  macAt,
  pushTokenEnd,
  signedEnd,
  spacedUdiEnd,
} from './kit/device/forms.js';
import { macEnd } from './kit/device/hardware.js';
import { isHyphenedImei, isImei } from './kit/device/imei.js';
import { DEVICE_LABELS } from './kit/device/labels.js';
import { BARE, BESIDE, CUED, IDENTIFIER, IMEI, LOT, MAC, SERIAL, UDI, WORD } from './kit/device/rules.js';
import { bareGs1End, isBareGs1 } from './kit/device/udi.js';
import { isAnswered } from './kit/nearby.js';
import { codeAt, isMixed, labelAt, saidBefore } from './kit/read.js';
import { words } from './kit/word-set.js';

const PHONES = words('imei phone device handset cell tablet mobile smartphone modem');
const GTINS = words('di udi gtin device identifier');
const COPULAS = words('is was reads read shows says said showing numbered now');
const LIST_MAX = 6;
const LABEL_REACH = 9;

const EXPLICIT = (1 << Gap.Colon) | (1 << Gap.Equals) | (1 << Gap.Hash) | (1 << Gap.Pipe);
const JOINTS = (1 << Gap.Colon) | (1 << Gap.Dot) | (1 << Gap.Hyphen);
const SIGNED = (1 << Gap.Plus) | (1 << Gap.Other) | (1 << Gap.Leaf);
const LONG = (1 << Shape.Digits14) | (1 << Shape.Digits15) | (1 << Shape.DigitsLong) | (1 << Shape.AlnumLong);

export const device: Detector<'device'> = {
  category: 'device',
  citation: '164.514(b)(2)(i)(M)',
  rules: [UDI, BARE, MAC, IMEI, SERIAL, LOT, IDENTIFIER, WORD, BESIDE, CUED],
  anchors: {
    cues: 1 << Cue.Device,
    shapes: LONG,
    gaps: JOINTS | SIGNED | (1 << Gap.Close),
    labels: DEVICE_LABELS,
    fields: { device: ['sim'] },
  },
  read(doc: Doc, at: number, emit: Emit): void {
    if (isCued(doc, at, Cue.Device)) emit(claimed.start, claimed.end, CUED, cueConfidence());
    const gap = doc.gap[at];
    if (((1 << gap) & JOINTS) !== 0) {
      // Second of several groups with the same sign between: all else stops here.
      if (doc.gap[at + 1] === gap) grouped(doc, at, emit);
    } else if (((1 << gap) & SIGNED) !== 0) signed(doc, at, emit);
    else if (gap === Gap.Close && isUdiPart(doc, at)) emit(doc.start[at], doc.end[at], UDI, 0.85);
    if (((1 << doc.shape[at]) & LONG) !== 0) long(doc, at, emit);
    if (doc.label[at] !== 0) {
      const label = labelAt(doc, at);
      if (label !== null && label.category === 'device') labelled(doc, at, label, emit);
    }
  },
};

/** A hardware address or an IMEI with hyphens, at its second group. */
function grouped(doc: Doc, at: number, emit: Emit): void {
  const size = doc.end[at] - doc.start[at];
  if (size === 2 || size === 4) {
    const end = macAt(doc, at);
    if (end > 0) emit(formStart(), end, MAC);
  } else if (size === 6 && isHyphenedImei(doc, at)) emit(doc.start[at - 1], doc.end[at + 2], IMEI, 0.9);
}

/** A UDI behind a plus or a slash. */
function signed(doc: Doc, at: number, emit: Emit): void {
  const sign = doc.start[at] - 1;
  if (sign < 0 || (doc.text[sign] !== 0x2b && doc.text[sign] !== 0x2f)) return;
  const end = signedEnd(doc, sign);
  if (end > 0) emit(formStart(), end, UDI);
}

/** Numbers whose length and check digit speak for them. */
function long(doc: Doc, at: number, emit: Emit): void {
  const { text, start, end, shape } = doc;
  if (shape[at] === Shape.Digits14) {
    const stop = bracketedEnd(doc, at);
    if (stop > 0) emit(formStart(), stop, UDI);
    else if (gtin(text, start[at], end[at]) && saidBefore(doc, at, 3, GTINS)) emit(start[at], end[at], UDI, 0.8);
  } else if (shape[at] === Shape.Digits15) {
    if (isImei(doc, at)) emit(start[at], end[at], IMEI, saidBefore(doc, at, 6, PHONES) ? 0.9 : IMEI.confidence);
  } else if (isBareGs1(text, start[at], end[at])) emit(start[at], bareGs1End(text, start[at], doc.length), BARE);
  else if (isIccid(doc, at)) emit(start[at], end[at], IMEI, 0.85);
}

function labelled(doc: Doc, at: number, label: Label, emit: Emit): void {
  const value = doc.value[at];
  switch (label.kind) {
    case 'mac': {
      const end = value < 0 ? -1 : macEnd(doc.text, doc.start[value], doc.length);
      if (end > 0) emit(doc.start[value], end, MAC);
      return;
    }
    case 'token':
      if (value >= 0) {
        const end = pushTokenEnd(doc, value);
        if (end > 0) emit(doc.start[value], end, IDENTIFIER);
      }
      return;
    case 'donation': {
      const last = donationEnd(doc, value);
      if (last >= 0) emit(doc.start[value], doc.end[last], IDENTIFIER);
      return;
    }
    case 'second': {
      const second = claimSecond(doc, value);
      if (second !== null) emit(second.start, second.end, LOT);
      else numbered(doc, at, value, label, emit);
      return;
    }
    case 'word':
      list(doc, claimBeside(doc, at), BESIDE, emit);
      return;
    default: {
      const udi = label.kind === 'udi' && value >= 0 ? spacedUdiEnd(doc, value) : -1;
      const last = label.kind === 'device' && value >= 0 ? longNumberEnd(doc, value) : -1;
      if (label.kind === 'udi' && value > 0) signed(doc, value, emit);
      if (udi >= 0) emit(formStart(), udi, UDI, 0.9);
      else if (last >= 0) emit(doc.start[value], doc.end[last], IDENTIFIER);
      else numbered(doc, at, value, label, emit);
    }
  }
}

/** What a label for a number claims, with the further codes of a list: "serial numbers: R 48213A, L 48214A". */
function numbered(doc: Doc, at: number, value: number, label: Label, emit: Emit): void {
  const field = label.field === true;
  if (label.kind.endsWith('lot') && isOfSubstance(doc, at)) return;
  const bare = field || label.kind.startsWith('bare');
  const explicit = !field && value >= 0 && ((1 << doc.gap[value]) & EXPLICIT) !== 0;
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
  const direct = !bare || explicit || field || value === at + 1 || (value > 0 && COPULAS.has(doc.hash[value - 1]));
  let claim = direct
    ? (claimOfPart(doc, value) ??
      claimOf(doc, at, trust) ??
      claimLoose(doc, value, at) ??
      claimShort(doc, value, at) ??
      opaqueClaim(doc, at, trust))
    : null;
  if (claim === null && !field) {
    const below = answerBelow(doc, at);
    claim = below < 0 ? null : (codeAtToken(doc, below) ?? opaqueAt(doc, below) ?? shortCell(doc, below));
    cellsBelow(doc, at, (first) => {
      const cell = codeAtToken(doc, first) ?? opaqueAt(doc, first) ?? shortCell(doc, first);
      if (cell !== null) emit(cell.start, cell.end, rule);
    });
    if (label.kind !== 'bare-lot' && !isAnswered(doc, at, LABEL_REACH)) claim ??= claimBefore(doc, at);
    claim ??= claimReached(doc, at, bare);
  }
  if (claim === null && isWholeValue(doc, value)) claim = codeFrom(doc, value, false) ? claimed : null;
  else if (claim !== null && field && claim.digits < 5) return;
  // "serial=WGS48887Y hr=108": what looks like a unit behind does not make such a code an amount.
  const code = claim === null && explicit ? codeAt(doc, value) : null;
  if (code !== null && code.digits > 3 && code.letters > 1) emit(doc.start[code.first], doc.end[code.last], rule);
  list(doc, claim, rule, emit);
}

/** A value of letters and digits, or of three digits, that is all there is in its place: `"lotNumber": "A44"`. */
function isWholeValue(doc: Doc, value: number): boolean {
  if (value < 1 || (doc.flags[value - 1] & Flag.Key) === 0 || doc.gap[value + 1] !== Gap.Leaf) return false;
  return isMixed(doc, value) || doc.shape[value] === Shape.Digits3;
}

function list(doc: Doc, first: Claim | null, rule: Rule, emit: Emit): void {
  let claim = first;
  for (let count = 0; claim !== null && count < LIST_MAX; count++) {
    emit(claim.start, endOfClaim(doc, claim), rule);
    claim = claimFurther(doc, claim);
  }
}
