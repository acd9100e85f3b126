/** `sluice policy diff`: what a new policy changes, rule by rule, and whether it may allow more than the old one. */

import { openPolicy } from '../../in-force/tested-policy.js';
import { compare } from '../../policy/compare.js';
import { readPolicyFiles } from '../../policy/files.js';
import type { Plan } from '../../policy/plan.js';
import { EXIT, type Exit } from '../exit.js';
import { usage } from '../failure.js';
import { printable, printableJson } from '../printable.js';
import { type PolicyValues, placeOf } from './options.js';

export async function diff(files: readonly string[], values: PolicyValues): Promise<Exit> {
  if (files.length !== 2) throw usage('policy diff takes two files: the old one and the new one');
  const [before, after] = files.map((file) => planOf(file, values));
  const differences = compare(before, after);
  if (values.json === true) process.stdout.write(`${printableJson(differences, 2)}\n`);
  else {
    for (const { rule, what, allowsMore } of differences) {
      const whose = rule === undefined ? '' : `${rule}: `;
      process.stdout.write(`${printable(`${allowsMore ? '!' : ' '} ${whose}${what}`)}\n`);
    }
    process.stdout.write(`${verdictOf(differences)}\n`);
  }
  return differences.length === 0 ? EXIT.clean : EXIT.findings;
}

function planOf(file: string, values: PolicyValues): Plan {
  const { place, settings } = placeOf(file, values);
  return openPolicy(readPolicyFiles(place), settings).plan;
}

function verdictOf(differences: ReturnType<typeof compare>): string {
  if (differences.length === 0) return 'they say the same';
  const more = differences.filter(({ allowsMore }) => allowsMore).length;
  return more === 0 ? 'the new one allows no more than the old one' : `! ${more} of these may allow more`;
}
