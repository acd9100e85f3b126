/**
 * (D) Telephone numbers: every way of writing a North American number, numbers abroad, local numbers and pagers behind
 * a word about calling, with their extensions. Numbers of fax machines are left to the fax detector by the same reading.
 */
import { type Detector, type Doc, type Emit, type Rule, Shape } from './contract.js';
import { dialled, firstNumberAfter, labelledAt, PLUS_GAPS, telephoneAt } from './kit/telephone.js';
import { Line } from './kit/telephone-line.js';

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

const DIGITS_MIN = 7;
const PAGER_DIGITS_MIN = 4;

export const phone: Detector<'phone'> = {
  category: 'phone',
  citation: '164.514(b)(2)(i)(D)',
  rules: [NUMBER, LABELLED, PAGER],
  anchors: {
    shapes: (1 << Shape.Digits3) | (1 << Shape.Digits10) | (1 << Shape.Digits11) | (1 << Shape.Alnum),
    gaps: PLUS_GAPS,
    labels: {
      phone: [
        'phone',
        'phone number',
        'phone no',
        'phone num',
        'phone nbr',
        'telephone',
        'telephone number',
        'telephone no',
        'tel',
        'tel no',
        'tel number',
        'home phone',
        'work phone',
        'cell phone',
        'cellphone',
        'cell number',
        'cell no',
        'mobile phone',
        'mobile number',
        'mobile no',
        'phone cell',
        'phone home',
        'phone work',
        'phone mobile',
        'day phone',
        'daytime phone',
        'evening phone',
        'office phone',
        'callback number',
        'call back number',
        'callback',
        'contact number',
        'contact no',
        'contact phone',
        'emergency phone',
        'landline',
        'msisdn',
        'whatsapp',
        'daytime telephone',
        'home telephone',
        'work telephone',
        'patient phone',
        'phone numbers',
        'best number',
        'primary phone',
        'alternate phone',
        'alternate number',
        'alt phone',
        'text number',
        'sms number',
        'voice mail',
        'voicemail',
        'hotline',
        'call me at',
        'my number',
        'his number',
        'her number',
        'their number',
        'your number',
        'call me on',
        'reach me at',
        'téléphone',
        'teléfono',
        'phone on file',
        'registered phone',
        'preferred phone',
        'phone ext',
        'telecom phone',
        'ph no',
        'ph number',
      ],
      pager: ['pager', 'pager number', 'pager no', 'beeper', 'pager id'],
    },
    fields: {
      phone: ['ph', 'cell', 'mobile', 'direct line', 'sms', 'phones', 'number to call', 'te1', 'ce11'],
    },
  },
  read(doc: Doc, at: number, emit: Emit): void {
    if (doc.label[at] !== 0 && doc.labels[doc.label[at]].category === 'phone') {
      const pager = doc.labels[doc.label[at]].kind === 'pager';
      const t = firstNumberAfter(doc, at);
      if (t >= 0 && labelledAt(doc, t, pager ? PAGER_DIGITS_MIN : DIGITS_MIN))
        emit(dialled.start, dialled.end, pager ? PAGER : LABELLED, dialled.confidence);
    }
    if (telephoneAt(doc, at) && dialled.line !== Line.Fax) emit(dialled.start, dialled.end, NUMBER, dialled.confidence);
  },
};
