/**
 * Label phrases from patterns, so that "medical record number", "med rec no" and "patient chart id" are one line and not
 * thirty. Made only when labels are compiled, so that loading a detector costs no phrase.
 */

/**
 * The words that say "this is an identifier", for patterns. Further ones ("reference number", "id no") need no phrase of
 * their own, since the engine passes over them on the way to the value.
 */
export const NUM = '(number|no|num|nbr|id|identifier|identification|key|ref|reference)';
/** The same without those that also mean something else. */
export const NO = '(number|no|num|nbr|id|identifier|identification)';

/** Longest phrase that the engine takes; longer combinations are left out. */
const TOKENS_MAX = 6;

/**
 * All phrases that the patterns stand for, each once. A pattern is words with `(this|or that)` and `[perhaps|this]`; an
 * alternative may have several words.
 */
export function phrases(...patterns: readonly string[]): string[] {
  const all = new Set<string>();
  for (const pattern of patterns) {
    let made = [''];
    for (const part of pattern.match(/\[[^\]]*\]|\([^)]*\)|[^\s[(]+/g) ?? []) {
      const choices = part[0] === '[' ? ['', ...inside(part)] : part[0] === '(' ? inside(part) : [part];
      made = made.flatMap((head) => choices.map((choice) => `${head} ${choice}`.trim()));
    }
    for (const phrase of made) if (phrase !== '' && phrase.split(/[\s']+/).length <= TOKENS_MAX) all.add(phrase);
  }
  return [...all];
}

/** A list that is made when it is first asked for. */
export function lazy(make: () => readonly string[]): () => readonly string[] {
  let made: readonly string[] | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/** Phrases of the first list that are in none of the others: a label belongs to one sense only. */
export function without(list: readonly string[], ...others: readonly (readonly string[])[]): string[] {
  const taken = new Set(others.flat().map(joined));
  return list.filter((phrase) => !taken.has(joined(phrase)));
}

const inside = (part: string): string[] => part.slice(1, -1).split('|');
const joined = (phrase: string): string => phrase.replace(/[\s']+/g, '');
