/** The word that a person most likely meant: for suggestions in errors, which repeat our own words and never theirs. */

const EDITS_MAX = 2;
/** Beyond this a word is none of ours; comparing stays cheap whatever stands there. */
const UNITS_MAX = 64;

export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > UNITS_MAX) return undefined;
  const folded = fold(word);
  const exact = known.find((candidate) => fold(candidate) === folded);
  if (exact !== undefined) return exact;
  let best: string | undefined;
  let fewest = EDITS_MAX + 1;
  for (const candidate of known) {
    const edits = distance(fold(candidate), folded);
    if (edits < fewest && edits < candidate.length) [best, fewest] = [candidate, edits];
  }
  return best;
}

/** `scopeByTask`, `scope-by-task` and `scope_by_task` are one word to whoever writes them. */
function fold(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, '');
}

/** Edits between two words, or more than count as soon as the lengths say so. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > EDITS_MAX) return EDITS_MAX + 1;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length];
}
