/**
 * (D) Telephone numbers: every way of writing a North American number, numbers abroad, local numbers and pagers behind
 * a word about calling, with their extensions. Numbers of fax machines are left to the fax detector by the same reading.
 */
import { type Detector, DIGITS, type Doc, type Emit, type Rule, Shape } from './contract.js';
import { HEAD_SHAPES, PLUS_GAPS, telephoneAt } from './kit/phone/telephone.js';
import { firstNumberAfter, labelledAt } from './kit/phone/telephone-label.js';
import { Line } from './kit/phone/telephone-line.js';
import { DIGITS_MIN, dialled } from './kit/phone/telephone-parts.js';
import { phrases } from './kit/phrases.js';
import { Lex } from './lexicon/classes.js';

const NUMBER: Rule = {
  name: 'phone.number',
  kind: 'phone',
  confidence: 0.85,
  about: 'A telephone number by its form or the words around it',
};
const LABELLED: Rule = {
  name: 'phone.label',
  kind: 'phone',
  confidence: 0.9,
  about: 'Digits in any form after a phone label',
};
const PAGER: Rule = {
  name: 'phone.pager',
  kind: 'pager',
  confidence: 0.7,
  about: 'A short number after a pager label',
};

const PAGER_DIGITS_MIN = 4;
/** What can begin a number, or bear a label. */
const READABLE = HEAD_SHAPES | DIGITS | (1 << Shape.Alnum);

export const phone: Detector<'phone'> = {
  category: 'phone',
  citation: '164.514(b)(2)(i)(D)',
  rules: [NUMBER, LABELLED, PAGER],
  anchors: {
    shapes: HEAD_SHAPES,
    forms: [{ shapes: DIGITS, gaps: PLUS_GAPS }],
    classes: Lex.NumberWord,
    labels: {
      phone: () =>
        phrases(
          '(phone|telephone|tel|ph) (number|no|num|nbr)',
          'phone',
          'telephone',
          'tel',
          'phone numbers',
          '(home|work|cell|mobile|day|daytime|evening|office|contact|emergency|patient|primary|alternate|alt|preferred) phone',
          '(home|work|daytime) telephone',
          '(cell|mobile) (number|no)',
          'phone (cell|home|work|mobile|on file|ext|1|2)',
          'phone1',
          'phone2',
          'tel1',
          'tel2',
          'cellphone',
          'tel number',
          '(callback|call back|contact|best|alternate|text|sms|caller|calling) number',
          'cb (number|no)',
          'callback',
          'contact (no|ph)',
          'caller id',
          'callerid',
          'landline',
          'msisdn',
          'whatsapp',
          'voice mail',
          'voicemail',
          'hotline',
          '(call|reach) me (at|on)',
          '(my|his|her|their|your) number',
          '(registered|telecom) phone',
          'téléphone',
          'teléfono',
        ),
      pager: ['pager', 'pager number', 'pager no', 'beeper', 'pager id'],
    },
    fields: {
      phone: [
        'ph',
        'cell',
        'mobile',
        'direct line',
        'sms',
        'phones',
        'number to call',
        'te1',
        'ce11',
        'cb',
        'tty',
        'tdd',
        'ani',
      ],
    },
  },
  read(doc: Doc, at: number, emit: Emit): void {
    const bit = 1 << doc.shape[at];
    if (!(bit & READABLE)) {
      if (doc.label[at] !== 0) readLabelled(doc, at, emit);
      if (!(doc.lex[at] & Lex.NumberWord)) return;
    } else if (doc.shape[at] === Shape.Alnum && doc.label[at] !== 0) readLabelled(doc, at, emit);
    if (telephoneAt(doc, at) && dialled.line !== Line.Fax) emit(dialled.start, dialled.end, NUMBER, dialled.confidence);
  },
};

function readLabelled(doc: Doc, at: number, emit: Emit): void {
  const label = doc.labels[doc.label[at]];
  if (label.category !== 'phone') return;
  const pager = label.kind === 'pager';
  const t = firstNumberAfter(doc, at);
  if (t >= 0 && labelledAt(doc, t, pager ? PAGER_DIGITS_MIN : DIGITS_MIN))
    emit(dialled.start, dialled.end, pager ? PAGER : LABELLED, dialled.confidence);
}
