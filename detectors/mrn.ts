/**
 * (H) Medical record numbers. They have no checksum and no common form, so a label or a chart's way of writing decides;
 * what a label claims is redacted in whatever form, as long as there is a digit in it.
 */
import type { Detector, Doc, Emit, Rule } from './contract.js';
import { codeAfter, codeAt } from './kit/read.js';

const LABELLED: Rule = {
  name: 'mrn.label',
  kind: 'mrn',
  confidence: 0.95,
  about: 'A code after a medical record label: MRN, chart number, hospital number',
};

const DIGITS_MIN = 3;
const UNITS_MAX = 24;

export const mrn: Detector<'mrn'> = {
  category: 'mrn',
  citation: '164.514(b)(2)(i)(H)',
  rules: [LABELLED],
  anchors: {
    labels: {
      mrn: ['mrn', 'medical record number', 'medical record', 'med rec no', 'chart number', 'chart no', 'chart', 'mr no'],
    },
  },
  read(doc: Doc, at: number, emit: Emit): void {
    const code = codeAt(doc, codeAfter(doc, at), true);
    if (code === null || code.digits < DIGITS_MIN) return;
    const start = doc.start[code.first];
    const end = doc.end[code.last];
    if (end - start <= UNITS_MAX) emit(start, end, LABELLED);
  },
};
