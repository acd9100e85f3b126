/**
 * `sluice policy explain`: why the gate decided as it did, from the audit entry alone; and, where the message still lies at
 * its source and the policy is the same, the decision made once more. Or what one rule says.
 */
import type { AuditEntry } from '../../audit/entry.js';
import { SluiceError } from '../../errors.js';
import { openPolicy } from '../../in-force/tested-policy.js';
import { createJudge } from '../../judge.js';
import { type Decided, type Facts, sourceName } from '../../message.js';
import { facetsOf } from '../../policy/facets.js';
import { readPolicyFiles } from '../../policy/files.js';
import { type Plan, ruleOf } from '../../policy/plan.js';
import type { Rule } from '../../policy/rule.js';
import type { Settings } from '../../settings.js';
import type { TopicReader } from '../../transports/topic-reader.js';
import { factsOf } from '../../verdict.js';
import { EXIT, type Exit } from '../exit.js';
import { Failed, usage } from '../failure.js';
import { printable, printableJson } from '../printable.js';
import { topicsOf } from '../run/gate.js';
import { keysOf } from '../run/keys.js';
import { openReader, readerSettings } from '../run/open-reader.js';
import { type PolicyValues, placeOf } from './options.js';

const SOURCE = /^[A-Za-z0-9._-]+\/\d+\/\d+$/;

export async function explain(files: readonly string[], values: PolicyValues): Promise<Exit> {
  const [what, ...rest] = files;
  if (what === undefined || rest.length > 0) throw usage('policy explain takes a source or the name of a rule');
  if (SOURCE.test(what)) return explainSource(what, values);
  const { plan } = policyAtHand(values, undefined);
  const rule = [...plan.rules, ...Object.values(plan.tenants).flat()].find(({ name }) => name === what);
  if (rule === undefined) throw new Failed({ code: 'NOT_FOUND', subject: 'the policy has no rule of this name' });
  process.stdout.write(values.json === true ? `${printableJson(rule, 2)}\n` : tellRule(rule));
  return EXIT.clean;
}

function policyAtHand(values: PolicyValues, referenceKey: Uint8Array | undefined): { plan: Plan } {
  const { place, settings } = placeOf(undefined, values);
  return openPolicy(readPolicyFiles(place), settings, referenceKey);
}

function tellRule(rule: Rule): string {
  const { actions, asks, grants, limits } = facetsOf(rule);
  const lines = [
    ...Object.entries(actions).map(([surface, action]) => `on ${surface}: ${action}`),
    ...asks.filter((ask) => !ask.startsWith('when ') || !ask.endsWith(' *')).map((ask) => `asks for: ${ask}`),
    ...grants.map((grant) => `allows: ${grant}`),
    ...Object.entries(limits).map(([what, most]) => `at most: ${most} ${what}`),
  ];
  return `${printable(rule.name)} (${rule.scanner}, ${rule.severity}): ${printable(rule.title)}\n${lines.map((line) => `  ${printable(line)}\n`).join('')}`;
}

type Judged = Pick<AuditEntry, 'outcome' | 'reason'> & { readonly decisions: readonly Decided[] };

async function explainSource(source: string, values: PolicyValues): Promise<Exit> {
  const { brokers, journal, config } = values;
  const settings = readerSettings({
    ...(brokers && { brokers }),
    ...(journal && { journal }),
    ...(config && { config }),
  });
  const reader = await openReader(settings);
  try {
    const entry = await entryOf(reader, settings, source);
    const facts = entry.facts as Facts;
    const then: Judged = { ...entry, decisions: facts.decisions ?? [] };
    const plan = planAtHand(values, settings);
    const again = plan?.digest === entry.plan ? await judgedAgain(reader, plan, entry) : undefined;
    const same = again === undefined || sameAs(then, again);
    if (values.json === true) process.stdout.write(`${printableJson({ entry, again, same }, 2)}\n`);
    else process.stdout.write(`${lines(entry, facts, plan, again, same).map(printable).join('\n')}\n`);
    return same ? EXIT.clean : EXIT.findings;
  } finally {
    await reader.close();
  }
}

async function entryOf(reader: TopicReader, settings: Settings, id: string): Promise<AuditEntry> {
  for await (const { record } of reader.follow(topicsOf(settings).audit, { follow: false })) {
    if (record.value === null || record.key?.toString() !== id) continue;
    return JSON.parse(record.value.toString()) as AuditEntry;
  }
  throw new Failed({ code: 'NOT_FOUND', subject: 'no audit entry of this source' });
}

/** What decides here and now; none where there is no policy to be read. */
function planAtHand(values: PolicyValues, settings: Settings): Plan | undefined {
  try {
    return policyAtHand(values, keysOf(settings).references).plan;
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'FILE_UNREADABLE') return undefined;
    throw error;
  }
}

async function judgedAgain(reader: TopicReader, plan: Plan, entry: AuditEntry): Promise<Judged | undefined> {
  for await (const { source, record } of reader.follow(entry.source.topic, { follow: false })) {
    if (sourceName(source) !== entry.id) continue;
    const surface = (entry.facts as Facts).surface;
    const verdict = createJudge(plan).judge({ ...record, surface }, entry.time);
    const { outcome, reason } = verdict;
    return { outcome, ...(reason !== 'none' && { reason }), decisions: factsOf(verdict).decisions ?? [] };
  }
  return undefined;
}

function sameAs(a: Judged, b: Judged): boolean {
  const key = ({ outcome, reason, decisions }: Judged): string =>
    JSON.stringify([outcome, reason, decisions.map(({ rule, action, code }) => [rule, action, code])]);
  return key(a) === key(b);
}

function lines(entry: AuditEntry, facts: Facts, plan: Plan | undefined, again: Judged | undefined, same: boolean) {
  const decisions = facts.decisions ?? [];
  const known = plan?.digest === entry.plan ? plan : undefined;
  return [
    `${entry.id} at ${new Date(entry.time).toISOString()}: ${entry.outcome}${entry.reason === undefined ? '' : ` (${entry.reason})`}`,
    `policy ${entry.plan.slice(0, 16)}, engine ${entry.engine}${facts.directory === undefined ? '' : `, directory ${facts.directory}`}`,
    ...(decisions.length === 0 ? ['no rule decided'] : decisions.flatMap((one) => told(one, known))),
    ...(plan === undefined
      ? ['no policy at hand to judge it by']
      : plan.digest !== entry.plan
        ? [`the policy at hand is another: ${plan.digest.slice(0, 16)}`]
        : again === undefined
          ? ['the message is no longer at its source']
          : [
              same
                ? 'judged again: the same'
                : `judged again: ${again.outcome}, ${again.decisions.map(({ code }) => code).join(', ')}`,
            ]),
  ];
}

function told({ rule, action, code, facts }: Decided, plan: Plan | undefined): string[] {
  const title = plan === undefined ? undefined : ruleOf(plan, rule)?.title;
  return [
    `  ${action}: ${rule}, ${code}${title === undefined || title === rule ? '' : ` (${title})`}`,
    ...Object.entries(facts).map(([name, value]) => `    ${name}: ${Array.isArray(value) ? value.join(', ') : value}`),
  ];
}
