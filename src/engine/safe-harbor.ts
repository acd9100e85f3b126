/**
 * What Safe Harbor lets stand of a finding (45 CFR 164.514(b)(2)(i)): of a date its year, of a ZIP code three digits, of
 * an age over 89 "90+"; of birth years that imply such an age, and of all else, nothing.
 */
import type { Arena } from './arena.js';
import type { Located } from './finding.js';
import { safeZip3 } from './zip3.js';

const AGE_MAX = 89;

export function safeHarbor(arena: Arena, finding: Located, label: () => string): string {
  const text = String.fromCharCode(
    ...arena.text.subarray(finding.unitStart, Math.min(finding.unitEnd, finding.unitStart + 256)),
  );
  if (finding.category === 'date') {
    if (finding.kind === 'age') return '90+';
    const year = yearOf(text);
    if (year === undefined || (finding.kind === 'birth' && arena.year - year > AGE_MAX)) return label();
    return String(year);
  }
  if (finding.category === 'geography') {
    const zip = /(?:^|[^\d-])(\d{3})\d{2}(?:-?\d{4})?$/.exec(text);
    if (zip === null) return label();
    const kept = safeZip3(zip[1]);
    return finding.kind === 'zip' ? kept : `${label()} ${kept}`;
  }
  return label();
}

/** The year that a date writes out in four digits, alone or at the head of a run of digits (HL7). */
function yearOf(text: string): number | undefined {
  const alone = /(?:^|\D)((?:18|19|20)\d\d)(?!\d)/.exec(text) ?? /^((?:18|19|20)\d\d)(?:0[1-9]|1[0-2])\d\d/.exec(text);
  return alone === null ? undefined : Number(alone[1]);
}
