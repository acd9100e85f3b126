/**
 * (E) Fax numbers: telephone numbers that a label, the word behind or the nearest word before gives to a fax machine. The
 * reading is that of the phone detector, so that each number is one or the other.
 */
import { type Detector, type Doc, type Emit, type Rule, Shape } from './contract.js';
import { dialled, firstNumberAfter, labelledAt, PLUS_GAPS, telephoneAt } from './kit/telephone.js';
import { Line } from './kit/telephone-line.js';

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

const DIGITS_MIN = 7;

export const fax: Detector<'fax'> = {
  category: 'fax',
  citation: '164.514(b)(2)(i)(E)',
  rules: [NUMBER, LABELLED],
  anchors: {
    shapes: (1 << Shape.Digits3) | (1 << Shape.Digits10) | (1 << Shape.Digits11) | (1 << Shape.Alnum),
    gaps: PLUS_GAPS,
    labels: {
      fax: [
        'fax',
        'fax number',
        'fax no',
        'fax num',
        'fax nbr',
        'facsimile',
        'facsimile number',
        'telefax',
        'efax',
        'office fax',
        'home fax',
        'work fax',
        'clinic fax',
        'phone fax',
        'tel fax',
        'fax to',
        'fax phone',
        'fx no',
        'télécopieur',
        'fax machine',
      ],
    },
    fields: { fax: ['fx', 'faxes'] },
  },
  read(doc: Doc, at: number, emit: Emit): void {
    if (doc.label[at] !== 0 && doc.labels[doc.label[at]].category === 'fax') {
      const t = firstNumberAfter(doc, at);
      if (t >= 0 && labelledAt(doc, t, DIGITS_MIN)) emit(dialled.start, dialled.end, LABELLED, dialled.confidence);
    }
    if (telephoneAt(doc, at) && dialled.line === Line.Fax) emit(dialled.start, dialled.end, NUMBER, dialled.confidence);
  },
};
