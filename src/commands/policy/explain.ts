/**
 * `sluice policy explain`: why the gate decided as it did, from the audit entry alone; and, where the message still lies at
 * its source and the policy is the same, the decision made once more. Or what one rule says.
 */
import type { AuditEntry } from '../../audit/entry.js';
import { openPolicy } from '../../in-force/tested-policy.js';
import type { Decided, Facts } from '../../message.js';
import { facetsOf } from '../../policy/facets.js';
import { readPolicyFiles } from '../../policy/files.js';
import { type Plan, ruleOf } from '../../policy/plan.js';
import type { Rule } from '../../policy/rule.js';
import type { Settings } from '../../settings.js';
import type { TopicReader } from '../../transports/topic-reader.js';
import { EXIT, type Exit } from '../exit.js';
import { Failed, usage } from '../failure.js';
import { printable, printableJson } from '../printable.js';
import { topicsOf } from '../run/gate.js';
import { openReader, readerSettings } from '../run/open-reader.js';
import { type PolicyValues, placeOf } from './options.js';
import { type AtHand, type Replay, replay } from './replay.js';

const SOURCE = /^[A-Za-z0-9._-]+\/\d+\/\d+$/;

export async function explain(files: readonly string[], values: PolicyValues): Promise<Exit> {
  const [what, ...rest] = files;
  if (what === undefined || rest.length > 0) throw usage('policy explain takes a source or the name of a rule');
  if (SOURCE.test(what)) return explainSource(what, values);
  const { place, settings } = placeOf(undefined, values);
  const { plan } = openPolicy(readPolicyFiles(place), settings);
  const rule = [...plan.rules, ...Object.values(plan.tenants).flat()].find(({ name }) => name === what);
  if (rule === undefined) throw new Failed({ code: 'NOT_FOUND', subject: 'the policy has no rule of this name' });
  process.stdout.write(values.json === true ? `${printableJson(rule, 2)}\n` : tellRule(rule));
  return EXIT.clean;
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
    const atHand = await replay(reader, entry, settings, values);
    if (values.json === true) process.stdout.write(`${printableJson({ entry, replay: atHand.replay }, 2)}\n`);
    else process.stdout.write(`${tell(entry, atHand).map(printable).join('\n')}\n`);
    return atHand.replay.is === 'other' ? EXIT.findings : EXIT.clean;
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

function tell(entry: AuditEntry, { plan, replay }: AtHand): readonly string[] {
  const { id, time, outcome, reason, engine } = entry;
  const { decisions = [], directory } = entry.facts as Facts;
  const known = plan?.digest === entry.plan ? plan : undefined;
  return [
    `${id} at ${new Date(time).toISOString()}: ${outcome}${reason === undefined ? '' : ` (${reason})`}`,
    `policy ${entry.plan.slice(0, 16)}, engine ${engine}${directory === undefined ? '' : `, directory ${directory}`}`,
    ...(decisions.length === 0 ? ['no rule decided'] : decisions.flatMap((one) => tellDecision(one, known))),
    tellReplay(replay),
  ];
}

function tellReplay(replay: Replay): string {
  switch (replay.is) {
    case 'same':
      return 'judged again: the same';
    case 'other': {
      const codes = replay.decisions.map(({ rule, code }) => `${rule}, ${code}`);
      return `judged again: ${[replay.outcome, ...codes].join('; ')}`;
    }
    case 'no-policy':
      return 'no policy at hand to judge it by';
    case 'no-message':
      return 'the message is no longer at its source';
    case 'other-policy':
      return `the policy at hand is another: ${replay.digest}`;
    case 'other-directory':
      return `the directory at hand is another: ${replay.digest}`;
  }
}

function tellDecision({ rule, action, code, facts }: Decided, plan: Plan | undefined): string[] {
  const title = plan === undefined ? undefined : ruleOf(plan, rule)?.title;
  return [
    `  ${action}: ${rule}, ${code}${title === undefined || title === rule ? '' : ` (${title})`}`,
    ...Object.entries(facts).map(([name, value]) => `    ${name}: ${Array.isArray(value) ? value.join(', ') : value}`),
  ];
}
