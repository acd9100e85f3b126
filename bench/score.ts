/**
 * Compares findings with labels, character by character and span by span. Only letters and digits count, so that a
 * boundary's blanks and signs neither leak nor cost; titles and credentials count nowhere, since both ways are right.
 */
import type { Category } from '../detectors/contract.js';

export interface Gold {
  readonly start: number;
  readonly end: number;
  readonly category: string;
}

export interface Labelled {
  readonly id: string | number;
  readonly text: string;
  readonly spans: readonly Gold[];
  /** Neither hit nor false alarm. */
  readonly neutral?: readonly { readonly start: number; readonly end: number }[];
}

interface Tally {
  goldChars: number;
  coveredChars: number;
  spans: number;
  covered: number;
  foundChars: number;
  rightChars: number;
}

export interface CategoryFigures {
  readonly spans: number;
  readonly charRecall: number | null;
  readonly spanRecall: number | null;
  /** Share of the characters that this category's findings cover which are any identifier. */
  readonly charPrecision: number | null;
}

export interface Figures {
  readonly documents: number;
  readonly spans: number;
  readonly charRecall: number | null;
  readonly charPrecision: number | null;
  readonly spanRecall: number | null;
  readonly falseTokensPerThousand: number;
  readonly categories: Readonly<Record<string, CategoryFigures>>;
}

const TITLE =
  /\b(?:Dr|Drs|Mr|Mrs|Ms|Miss|Mx|Prof|Rev|MD|M\.D|DO|RN|NP|PA|PA-C|PhD|Ph\.D|DDS|APRN|LPN|FNP|CRNA|PharmD)\b\.?/gi;
const TOKEN = /[\p{L}\p{N}]+/gu;
const COUNTS = /[\p{L}\p{N}]/u;

export class Score {
  private readonly tallies = new Map<string, Tally>();
  private readonly total = empty();
  private documents = 0;
  private falseTokens = 0;
  private cleanTokens = 0;
  /** One entry per labelled span, in order: whether all of it was covered. */
  readonly hits: boolean[] = [];

  add(document: Labelled, findings: readonly { start: number; end: number; category: Category }[]): void {
    const { text, spans } = document;
    this.documents++;
    const gold = new Uint8Array(text.length);
    const covered = new Uint8Array(text.length);
    const ignored = new Uint8Array(text.length);
    for (const { start, end } of document.neutral ?? []) ignored.fill(1, start, end);
    for (const { start, end } of spans) {
      gold.fill(1, start, end);
      ignored.fill(0, start, end);
    }
    const nameOnly = new Uint8Array(text.length).fill(1);
    for (const { start, end, category } of spans) if (category !== 'name') nameOnly.fill(0, start, end);
    for (const match of text.matchAll(TITLE)) {
      const end = match.index + match[0].length;
      if (!nameOnly.subarray(match.index, end).includes(0)) ignored.fill(1, match.index, end);
    }
    for (const { start, end } of findings) covered.fill(1, start, end);
    const counts = (i: number) => ignored[i] === 0 && COUNTS.test(text[i]);

    for (const span of spans) {
      const tally = this.tally(span.category);
      let chars = 0;
      let hit = 0;
      for (let i = span.start; i < span.end; i++) {
        if (!counts(i)) continue;
        chars++;
        hit += covered[i];
      }
      for (const each of [tally, this.total]) {
        each.goldChars += chars;
        each.coveredChars += hit;
        each.spans++;
        if (hit === chars) each.covered++;
      }
      this.hits.push(hit === chars);
    }
    for (const finding of findings) {
      const tally = this.tally(finding.category);
      for (let i = finding.start; i < finding.end; i++) {
        if (!counts(i)) continue;
        for (const each of [tally, this.total]) {
          each.foundChars++;
          each.rightChars += gold[i];
        }
      }
    }
    for (const { index, 0: token } of text.matchAll(TOKEN)) {
      const end = index + token.length;
      if (ignored.subarray(index, end).includes(1) || gold.subarray(index, end).includes(1)) continue;
      if (covered.subarray(index, end).includes(1)) this.falseTokens++;
      else this.cleanTokens++;
    }
  }

  figures(): Figures {
    const { total } = this;
    const categories: Record<string, CategoryFigures> = {};
    for (const [category, tally] of [...this.tallies].sort(([a], [b]) => (a < b ? -1 : 1)))
      categories[category] = {
        spans: tally.spans,
        charRecall: ratio(tally.coveredChars, tally.goldChars),
        spanRecall: ratio(tally.covered, tally.spans),
        charPrecision: ratio(tally.rightChars, tally.foundChars),
      };
    return {
      documents: this.documents,
      spans: total.spans,
      charRecall: ratio(total.coveredChars, total.goldChars),
      charPrecision: ratio(total.rightChars, total.foundChars),
      spanRecall: ratio(total.covered, total.spans),
      falseTokensPerThousand: (1000 * this.falseTokens) / Math.max(1, this.falseTokens + this.cleanTokens),
      categories,
    };
  }

  private tally(category: string): Tally {
    let tally = this.tallies.get(category);
    if (tally === undefined) this.tallies.set(category, (tally = empty()));
    return tally;
  }
}

function empty(): Tally {
  return { goldChars: 0, coveredChars: 0, spans: 0, covered: 0, foundChars: 0, rightChars: 0 };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
