/** The policy language on the reference page: keys and words, from the schema that policies are checked by. */
import { allRuleForms, type JsonSchema } from '../../policy/known-keys.js';
import { PROBLEMS } from '../../policy/problem.js';
import { policySchema } from '../../policy/schema.js';
import { UNDETECTED, VOCABULARY } from '../../policy/vocabulary.js';
import { table } from './table.js';

export function policySection(): string {
  const forms = allRuleForms(policySchema);
  const [any] = forms;
  return `## Policy

A file in YAML, \`version: "1.0"\`, with \`rules\`; \`sluice policy schema\` prints the schema, \`sluice policy check\` says what is
wrong. A tenant's own file has \`version\`, \`tenant\`, \`rules\`, and may have \`facts\` and \`tests\`: it adds rules and nothing else.

A rule:

${table(['Key', 'Is', 'What'], rows(any.rule, ['scanner', 'config']))}
Its \`when\`:

${table(['Key', 'Is', 'What'], rows(any.rule.properties?.when ?? {}, []))}
${forms.map(({ scanner, config }) => `The config of \`${scanner}\`:\n\n${table(['Key', 'Is', 'What'], rows(config, []))}`).join('\n')}
Words of \`phi_categories\`, besides the names of the categories below. Nothing finds ${UNDETECTED.map((word) => `\`${word}\``).join(', ')} yet:
where a policy names them, identifiers beside them decide, and every audit entry says so.

${table(
  ['Word', 'Category', 'Kinds'],
  Object.entries(VOCABULARY).map(([word, one]) => [
    `\`${word}\``,
    `\`${one.category}\``,
    'kinds' in one ? one.kinds.map((kind) => `\`${kind}\``).join(', ') : 'all',
  ]),
)}
What may be wrong with a policy:

${table(
  ['Code', 'Meaning'],
  Object.entries(PROBLEMS).map(([code, meaning]) => [`\`${code}\``, meaning]),
)}`;
}

function rows({ properties = {} }: JsonSchema, leftOut: readonly string[]): string[][] {
  return Object.entries(properties)
    .filter(([key]) => !leftOut.includes(key))
    .map(([key, one]) => [`\`${key}\``, formOf(one), one.description ?? '']);
}

function formOf(one: JsonSchema): string {
  const { type, enum: words, default: otherwise, anyOf, items } = one;
  if (anyOf !== undefined) return `${formOf(anyOf[0])}, or a list`;
  const usual = otherwise === undefined || typeof otherwise === 'object' ? '' : `; ${String(otherwise)}`;
  if (words !== undefined) return `${words.length > 10 ? 'a word' : words.join(', ')}${usual}`;
  if (type === 'array') return items?.enum === undefined ? 'a list' : 'a list of words';
  return `${FORMS[type ?? ''] ?? 'any'}${usual}`;
}

const FORMS: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true, false',
  integer: 'a number',
  number: 'a number',
  object: 'keys',
};
