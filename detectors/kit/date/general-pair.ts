/**
 * Pairs of words that speak of things in general, where neither word does so alone: "took effect", "grand rounds", "use by". Asked
 * about the second word, which `Say.Tail` marks.
 */
import { type Doc, Gap } from '../../contract.js';
import { hashOf } from '../hash.js';

/** First words of pairs that speak of things in general, by their second word. */
const PAIRS: ReadonlyMap<number, ReadonlySet<number>> = new Map(
  (
    [
      ['effect', 'took takes take taking into in'],
      ['rounds', 'grand'],
      ['by', 'use sell'],
      ['before', 'best'],
      ['meeting', 'staff board department faculty annual town committee'],
      ['training', 'staff annual mandatory'],
      ['party', 'staff office holiday'],
      ['staff', 'all'],
      ['until', 'sterile good'],
      ['after', 'discard dispose'],
      ['notes', 'release patch'],
      ['year', 'plan benefit contract'],
      ['manual', 'procedure policy user operator instruction'],
      ['signed', 'act aca'],
      ['rule', 'final proposed privacy security'],
      ['expansion', 'medicaid'],
      ['emergency', 'health'],
      ['drive', 'blood food'],
      ['closes', 'registration enrollment'],
      ['collected', 'data'],
      ['insert', 'package'],
      ['press', 'in'],
      ['expired', 'patent'],
      ['expires', 'patent'],
      ['granted', 'patent'],
      ['hours', 'clinic office visiting business operating'],
      ['day', 'match election tax earth d aids diabetes'],
      ['opened', 'hospital center building facility office school campus museum'],
      ['attacks', '11 terrorist'],
      ['landing', 'moon'],
      ['set', 'code data'],
      ['out', 'came come comes coming went'],
      ['case', 'first index'],
      ['open', 'is are'],
      ['update', 'cm icd policy software drug label security guideline'],
      ['live', 'go goes going went gone'],
    ] as const
  ).map(([tail, heads]) => [hashOf(tail), new Set(heads.split(' ').map(hashOf))]),
);

const PAIR_GAPS = (1 << Gap.Blank) | (1 << Gap.Hyphen);

/** Whether the token ends a pair that speaks of things in general: took effect, grand rounds, use by. */
export function isGeneralPair(doc: Doc, t: number): boolean {
  return t > 0 && (PAIR_GAPS & (1 << doc.gap[t])) !== 0 && PAIRS.get(doc.hash[t])?.has(doc.hash[t - 1]) === true;
}
