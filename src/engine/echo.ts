/**
 * A name that the message itself has established is redacted wherever it stands again: "Ms. Hope Larkin" makes the
 * later "Larkin" a name, and "hope" in lower case none.
 */
import { CAPITALISED, Gap, type Rule, Shape } from '../../detectors/contract.js';
import { hashUnits } from '../../detectors/kit/hash.js';
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
const ESTABLISHED_MIN = 0.9;
/** Letters that are spelled are told by more than their looks. */
const SPELLED = 'name.spelled';
const SPELLED_MIN = 0.85;
const NAME_UNITS_MIN = 3;
/** In lower case shorter ones are units and abbreviations: "mcg/kg/min". */
const LOWER_UNITS_MIN = 4;
const FILTER_SIZE = 1024;
const NEVER =
  Lex.Function | Lex.Common | Lex.Month | Lex.Weekday | Lex.Title | Lex.Role | Lex.Relation | Lex.Credential;

/** What may follow a person in small letters. */
const PEOPLE_DO = Lex.Function | Lex.PersonCue;

const filter = new Uint8Array(FILTER_SIZE);

/** Spans must have been sorted; echoes are added behind them, in order. */
export function echo(arena: Arena, spans: Spans, confidenceMin: number): void {
  const established = new Set<number>();
  const told = new Set<number>();
  const { start, end, shape, hash, lex, count } = arena;
  const { order, sorted } = spans;
  let first = 0;
  for (let n = 0; n < sorted; n++) {
    const s = order[n];
    if (spans.confidence[s] < SPELLED_MIN || !isName(spans.rule[s])) continue;
    while (first < count && start[first] < spans.start[s]) first++;
    // "it's n g": the name itself, however short.
    if (spans.rule[s].name === SPELLED) {
      const h = spelled(arena, first, spans.end[s]);
      established.add(h);
      told.add(h);
      continue;
    }
    if (spans.confidence[s] < ESTABLISHED_MIN) continue;
    for (let t = first; t < count && end[t] <= spans.end[s]; t++) {
      if (end[t] - start[t] < NAME_UNITS_MIN || lex[t] & NEVER) continue;
      if ((1 << shape[t]) & ((1 << Shape.Lower) | CAPITALISED)) established.add(hash[t] | 0);
    }
  }
  if (established.size === 0) return;
  filter.fill(0);
  for (const h of established) filter[h & (FILTER_SIZE - 1)] = 1;
  let reach = 0;
  let next = 0;
  for (let t = 0; t < count; t++) {
    const h = hash[t] | 0;
    if (filter[h & (FILTER_SIZE - 1)] === 0 || !established.has(h)) continue;
    for (; next < sorted && spans.start[order[next]] <= start[t]; next++)
      if (spans.confidence[order[next]] >= confidenceMin) reach = Math.max(reach, spans.end[order[next]]);
    if (end[t] <= reach) continue;
    if (told.has(h) && (lex[t] & Lex.Function) === 0) {
      spans.emit(start[t], end[t], ECHO);
      continue;
    }
    const capital = (1 << shape[t]) & CAPITALISED;
    if (!capital && (lex[t] & (Lex.Word | Lex.NameRare) || end[t] - start[t] < LOWER_UNITS_MIN)) continue;
    if (lex[t] & Lex.Eponym && (isThing(arena, t) || isHalf(arena, t, established))) continue;
    spans.emit(start[t], end[t], ECHO);
  }
}

/** "Dr. Hodgkin" does not make a name of "Hodgkin lymphoma", nor Dr. Crohn of "thinks it's Crohn's". */
function isThing({ gap, shape, lex, text, start, end }: Arena, t: number): boolean {
  const next = t + 1;
  if (gap[next] === Gap.Apostrophe) return end[next] - start[next] === 1 && (text[start[next]] | LOWER) === S;
  return gap[next] === Gap.Blank && shape[next] === Shape.Lower && (lex[next] & PEOPLE_DO) === 0;
}

/** "Heidi Paget … no Paget-Schroetter", "Hicks, Bryony … likely Braxton Hicks": half of an eponym of which the other is nobody's. */
function isHalf({ gap, shape, lex, hash }: Arena, t: number, established: ReadonlySet<number>): boolean {
  const other = (at: number): boolean => shape[at] === Shape.Title && !established.has(hash[at] | 0);
  if (gap[t + 1] === Gap.Hyphen && other(t + 1)) return true;
  if (t === 0) return false;
  if (gap[t] === Gap.Hyphen) return other(t - 1);
  return gap[t] === Gap.Blank && (lex[t - 1] & Lex.Eponym) !== 0 && other(t - 1);
}

/** The word that single letters make. */
function spelled({ text, start, end, count }: Arena, first: number, to: number): number {
  const letters: number[] = [];
  for (let t = first; t < count && end[t] <= to; t++) letters.push(text[start[t]] | LOWER);
  return hashUnits(Uint16Array.from(letters), 0, letters.length) | 0;
}

const S = 0x73;
const LOWER = 0x20;
const N = 0x6e;
const DOT = 0x2e;

/** Rules of names begin with `name.`, and no other category has that letter and that length. */
function isName(rule: Rule): boolean {
  return rule.name.charCodeAt(0) === N && rule.name.charCodeAt(4) === DOT;
}
