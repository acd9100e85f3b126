/**
 * (E) Fax numbers: telephone numbers that a label, the word behind or the nearest word before gives to a fax machine. Called at
 * those words, it reads the numbers around them just as the phone detector does, so that each number is one or the other.
 */
import { type Detector, type Doc, type Emit, type Rule, Shape } from './contract.js';
import { cellsBelow } from './kit/code/column.js';
import { HEAD_SHAPES, PLUS_GAPS, telephoneAt } from './kit/phone/telephone.js';
import { firstNumberAfter, labelledAt } from './kit/phone/telephone-label.js';
import { Line } from './kit/phone/telephone-line.js';
import { DIGITS_MIN, dialled } from './kit/phone/telephone-parts.js';
import { phrases } from './kit/phrases.js';
import { isMixed, lengthOf } from './kit/read.js';
import { Lex } from './lexicon/classes.js';

const NUMBER: Rule = {
  name: 'fax.number',
  kind: 'fax',
  confidence: 0.9,
  about: 'A telephone number that the words around give to a fax machine',
};
const LABELLED: Rule = {
  name: 'fax.label',
  kind: 'fax',
  confidence: 0.9,
  about: 'Digits in any form after a fax label',
};

/** Tokens before and behind a fax word among which a number of its own can begin: `kit/telephone-line.ts` looks no further. */
const BACK = 9;
const AHEAD = 11;
/** In a column of fax numbers, more than what the phone detector makes of the same digits. */
const COLUMN_CONFIDENCE = 0.98;
const LOWER_F = 0x66;
const CARET = 0x5e;
const LETTER = (1 << Shape.LowerOne) | (1 << Shape.UpperOne);

export const fax: Detector<'fax'> = {
  category: 'fax',
  citation: '164.514(b)(2)(i)(E)',
  rules: [NUMBER, LABELLED],
  anchors: {
    shapes: LETTER,
    labels: {
      fax: () =>
        phrases(
          'fax',
          'fax (number|no|num|nbr|to|machine|1|2)',
          'fax1',
          'fax2',
          'facsimile[ number]',
          'telefax',
          'efax',
          '(office|home|work|clinic) fax',
          'fx no',
          'faxback',
          'autofax',
          'rightfax',
          'télécopieur',
        ),
      // What is faxed may be anything; only the numbers around are read.
      sent: ['faxed', 'faxing', 'faxes', 'autofaxed', 'efaxed'],
    },
    fields: { fax: ['fx'] },
  },
  read(doc: Doc, at: number, emit: Emit): void {
    if ((1 << doc.shape[at]) & LETTER) {
      if ((doc.text[doc.start[at]] | 0x20) !== LOWER_F || !isField(doc, at)) return;
    } else if (doc.label[at] === 0) return;
    else {
      const label = doc.labels[doc.label[at]];
      if (label.category !== 'fax') return;
      const t = label.kind === 'fax' ? firstNumberAfter(doc, at) : -1;
      if (t >= 0 && labelledAt(doc, t, DIGITS_MIN)) emit(dialled.start, dialled.end, LABELLED, dialled.confidence);
      cellsBelow(doc, at, (cell) => {
        if (telephoneAt(doc, cell)) emit(dialled.start, dialled.end, LABELLED, COLUMN_CONFIDENCE);
      });
    }
    readAround(doc, at, emit);
  },
};

/** Whether a single letter is the name of a field (`F:`, `(f)`, `^F^`) or stands behind a number. */
function isField(doc: Doc, at: number): boolean {
  const sign = doc.text[doc.end[at]];
  if (sign === 0x3a || sign === 0x3d || sign === 0x7c || sign === 0x2e || sign === 0x23 || sign === 0x29) return true;
  if ((1 << doc.shape[at + 1]) & HEAD_SHAPES) return true;
  return at > 0 && (isMixed(doc, at - 1) || lengthOf(doc, at - 1) >= 4 || doc.text[doc.start[at] - 1] === CARET);
}

/** The numbers around a fax word that are a fax machine's. */
function readAround(doc: Doc, at: number, emit: Emit): void {
  const last = Math.min(doc.count - 1, at + AHEAD);
  for (let t = Math.max(0, at - BACK); t <= last; t++) {
    const bit = 1 << doc.shape[t];
    if (!(bit & HEAD_SHAPES) && !((1 << doc.gap[t]) & PLUS_GAPS) && !(doc.lex[t] & Lex.NumberWord)) continue;
    if (telephoneAt(doc, t) && dialled.line === Line.Fax) emit(dialled.start, dialled.end, NUMBER, dialled.confidence);
  }
}
