/**
 * Splices replacements into the raw input, once, from left to right. In JSON a redacted number becomes a string and
 * redacted keys stay apart, so that the document stays valid and no member is lost.
 */
import type { Located } from './finding.js';
import type { Segment } from './layout.js';

/** What stands in place of a finding. */
export type Replace = (finding: Located) => string;

export function splice(raw: string, findings: readonly Located[], replace: Replace): string {
  let out = '';
  let at = 0;
  const keys = new Set<string>();
  for (let i = 0; i < findings.length; i++) {
    const finding = findings[i];
    const { segment } = finding;
    if (finding.start < at) continue;
    if (segment === undefined || segment.kind === 'string') {
      out += raw.slice(at, finding.start) + replace(finding);
      at = finding.end;
    } else if (segment.kind === 'number') {
      out += `${raw.slice(at, segment.from)}${segment.quote}${replace(finding)}${segment.quote}`;
      at = segment.to;
    } else {
      out += raw.slice(at, segment.from);
      let key = '';
      at = segment.from;
      for (; i < findings.length && inSegment(findings[i], segment); i++) {
        const part = findings[i];
        key += raw.slice(at, part.start) + replace(part);
        at = part.end;
      }
      i--;
      key += raw.slice(at, segment.to);
      out += distinct(keys, key);
      at = segment.to;
    }
  }
  return out + raw.slice(at);
}

function inSegment(finding: Located, segment: Segment): boolean {
  return finding.segment === segment;
}

/** Two keys that read alike once redacted (in whatever object) are told apart by a number behind. */
function distinct(keys: Set<string>, key: string): string {
  let unique = key;
  for (let n = 2; keys.has(unique); n++) unique = `${key}-${n}`;
  keys.add(unique);
  return unique;
}
