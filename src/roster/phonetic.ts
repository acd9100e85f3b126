/**
 * How a name sounds to an English ear, in consonants: Smith and Smyth, Kathryn and Catherine, Gonzales and Gonzalez are one.
 * After Metaphone (Philips 1990), coarser where clerks mix letters up: b and p stay apart, d and t, v and f, z and s do not.
 */

const CODE_SIGNS_MAX = 8;
/** In this order; each is written over before the next is looked for. Lower case is still to be read, capitals are done. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/(.)\1+/g, '$1'],
  [/^(?:k|g|p)n/, 'n'],
  [/^wr/, 'r'],
  [/^ps/, 's'],
  [/^x/, 's'],
  [/^mac(?=[a-z])|^mc/, 'mk'],
  [/mb$/, 'm'],
  [/sch|sh|tch|ch|ti(?=[ao])|ci(?=[ao])/g, 'X'],
  [/ph/g, 'f'],
  [/th/g, '0'],
  [/ck|q/g, 'k'],
  [/dg(?=[eiy])|g(?=[eiy])/g, 'J'],
  [/gh(?=[^aeiouy]|$)/g, ''],
  [/c(?=[eiy])/g, 's'],
  [/[cg]/g, 'k'],
  [/j/g, 'J'],
  [/x/g, 'ks'],
  [/z/g, 's'],
  [/v/g, 'f'],
  [/d/g, 't'],
  [/^w/, 'W'],
  [/^h/, 'H'],
  [/^[aeiouy]+/, 'A'],
  [/[aeiouywh]+/g, ''],
];

/** Of a folded name; letters of other scripts stay as they are. */
export function phonetic(name: string): string {
  let code = name;
  for (const [from, to] of RULES) code = code.replace(from, to);
  return code.replace(/(.)\1+/gi, '$1').slice(0, CODE_SIGNS_MAX);
}
