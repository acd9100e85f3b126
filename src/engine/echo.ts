/**
 * A name that the message itself has established is redacted wherever it stands again: "Ms. Hope Larkin" makes the
 * later "Larkin" a name, and "hope" in lower case none.
 */
import { CAPITALISED, Gap, type Rule, Shape } from '../../detectors/contract.js';
import { Lex } from '../../detectors/lexicon/classes.js';
import type { Arena } from './arena.js';
import type { Spans } from './spans.js';

export const ECHO: Rule = {
  name: 'name.echo',
  kind: 'unknown',
  confidence: 0.75,
  about: 'A part of a name that stands elsewhere in the same message with better evidence',
};

/** Only a finding at least this sure establishes a name. */
const ESTABLISHED_MIN = 0.8;
const NAME_UNITS_MIN = 3;
/** In lower case shorter ones are units and abbreviations: "mcg/kg/min". */
const LOWER_UNITS_MIN = 4;
const FILTER_SIZE = 1024;
const NEVER =
  Lex.Function | Lex.Common | Lex.Month | Lex.Weekday | Lex.Title | Lex.Role | Lex.Relation | Lex.Credential;

/** What may follow a person in small letters. */
const PEOPLE_DO = Lex.Function | Lex.PersonCue;

const filter = new Uint8Array(FILTER_SIZE);

export function echo(arena: Arena, spans: Spans): void {
  const established = new Set<number>();
  const { start, end, shape, gap, hash, lex, count } = arena;
  const found = spans.count;
  for (let s = 0; s < found; s++) {
    if (!spans.rule[s].name.startsWith('name.') || spans.confidence[s] < ESTABLISHED_MIN) continue;
    for (let t = tokenAt(arena, spans.start[s]); t < count && end[t] <= spans.end[s]; t++) {
      if (end[t] - start[t] < NAME_UNITS_MIN || lex[t] & NEVER) continue;
      if ((1 << shape[t]) & ((1 << Shape.Lower) | CAPITALISED)) established.add(hash[t]);
    }
  }
  if (established.size === 0) return;
  filter.fill(0);
  for (const h of established) filter[h & (FILTER_SIZE - 1)] = 1;
  for (let t = 0; t < count; t++) {
    const h = hash[t];
    if (filter[h & (FILTER_SIZE - 1)] === 0 || !established.has(h)) continue;
    const capital = (1 << shape[t]) & CAPITALISED;
    if (!capital && (lex[t] & (Lex.Word | Lex.NameRare) || end[t] - start[t] < LOWER_UNITS_MIN)) continue;
    // "Dr. Hodgkin" does not make a name of "Hodgkin lymphoma".
    if (
      lex[t] & Lex.Eponym &&
      gap[t + 1] === Gap.Blank &&
      shape[t + 1] === Shape.Lower &&
      (lex[t + 1] & PEOPLE_DO) === 0
    )
      continue;
    spans.emit(start[t], end[t], ECHO);
  }
}

/** The first token that begins at or after a unit. */
function tokenAt(arena: Arena, unit: number): number {
  let low = 0;
  let high = arena.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (arena.start[middle] < unit) low = middle + 1;
    else high = middle;
  }
  return low;
}
