/** `sluice policy check` and `test`: problems with their places, or what the policy says and how its tests come out. */

import { bench, openPolicy } from '../../in-force/tested-policy.js';
import { readPolicyFiles } from '../../policy/files.js';
import type { Policy } from '../../policy/load.js';
import { PolicyError, PROBLEMS, type Problem } from '../../policy/problem.js';
import { selftest } from '../../policy/selftest.js';
import { EXIT, type Exit } from '../exit.js';
import { shownName } from '../names.js';
import { printableJson } from '../printable.js';
import { only, type PolicyValues, placeOf } from './options.js';

interface Read {
  readonly policy: Policy | undefined;
  readonly problems: readonly Problem[];
  readonly names: readonly string[];
}

export async function check(files: readonly string[], values: PolicyValues): Promise<Exit> {
  only(files, 1, 'check takes one file');
  return tell(read(files[0], values, false), values, summary);
}

export async function test(files: readonly string[], values: PolicyValues): Promise<Exit> {
  only(files, 1, 'test takes one file');
  return tell(read(files[0], values, true), values, ({ tests }) =>
    tests.length === 0 ? 'it carries no tests\n' : `${tests.length} tests, all as they say\n`,
  );
}

function read(file: string | undefined, values: PolicyValues, testing: boolean): Read {
  const { place, settings } = placeOf(file, values);
  const texts = readPolicyFiles(place);
  try {
    const policy = openPolicy(texts, settings);
    return { policy, problems: testing ? selftest(policy, bench) : [], names: texts.names };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return { policy: undefined, problems: error.problems, names: texts.names };
  }
}

async function tell({ policy, problems, names }: Read, { json }: PolicyValues, say: (policy: Policy) => string) {
  const good = policy !== undefined && problems.length === 0;
  if (json === true) {
    const { digest, without = [], undetected = [] } = policy?.plan ?? {};
    const about = policy && { digest, without, undetected, rules: rulesOf(policy), tests: policy.tests.length };
    process.stdout.write(`${printableJson({ ok: good, problems, ...about }, 2)}\n`);
  } else if (good) process.stdout.write(say(policy));
  else for (const problem of problems) process.stdout.write(`${await lineOf(problem, names)}\n`);
  return good ? EXIT.clean : EXIT.findings;
}

export async function lineOf(
  { code, line, column, path, hint, overlay }: Problem,
  names: readonly string[],
): Promise<string> {
  const name = await shownName(names[overlay === undefined ? 0 : overlay + 1] ?? '');
  const where = path === '' ? '' : ` at ${path}`;
  return `${name}:${line}:${column} ${code}${where}: ${PROBLEMS[code]}${hint === undefined ? '' : ` (${hint})`}`;
}

function rulesOf({ plan }: Policy) {
  return [...plan.rules, ...Object.values(plan.tenants).flat()];
}

function summary(policy: Policy): string {
  const { plan, tests } = policy;
  const rules = rulesOf(policy);
  const width = Math.max(...rules.map(({ name }) => name.length));
  const lines = rules.map(
    ({ name, scanner, action, severity, surfaces }) =>
      `  ${name.padEnd(width)}  ${scanner.padEnd(13)}  ${action.padEnd(16)}  ${severity.padEnd(8)}  ${surfaces.join(', ')}`,
  );
  const notes = [
    ...plan.without.map((scanner) => `goes without ${scanner}: its rules are left out, and every audit entry says so`),
    ...(plan.undetected.length === 0
      ? []
      : [`nothing finds ${plan.undetected.join(', ')} yet: identifiers beside them decide`]),
    ...(tests.length === 0 ? ['carries no tests'] : []),
  ];
  return [
    `${plan.name}: ${rules.length} rules, ${tests.length} tests, ${plan.digest}`,
    ...lines,
    `  what no rule decides about: ${plan.otherwise}`,
    ...notes.map((note) => `note: ${note}`),
    '',
  ].join('\n');
}
