/** What may stand in the facts of a decision: names that policy or directory give, codes, counts. Nothing else passes. */

/** Patterns, for those who check what was written. A tenant's own rule bears the tenant's name. */
export const RULE_NAME = '(?:[A-Za-z0-9][A-Za-z0-9_.-]{0,99}/)?[a-z0-9-]{1,64}';
export const CODE = '[a-z][A-Za-z0-9-]{0,39}';
export const WORD = '[A-Za-z][A-Za-z0-9_.:/-]{0,63}';

const WORDS_MAX = 16;
const IS_WORD = new RegExp(`^${WORD}$`);

/** The name, if it has the form of one; a name of any other form is only known to be there. */
export function word(name: string): string {
  return IS_WORD.test(name) ? name : 'unnamed';
}

/** The first of them, each once. */
export function words(names: readonly string[]): readonly string[] {
  if (names.length === 1) return [word(names[0])];
  return [...new Set(names.map(word))].sort().slice(0, WORDS_MAX);
}
