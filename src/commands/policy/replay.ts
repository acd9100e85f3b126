/**
 * A decision made once more: the message from where it lies, the policy and the directory at hand. Where one of the three
 * is not what it was then, that is the answer: nothing is compared that cannot be compared.
 */
import type { AuditEntry } from '../../audit/entry.js';
import type { Directory } from '../../directory/directory.js';
import { attachDirectory } from '../../directory/image.js';
import { SluiceError } from '../../errors.js';
import { openDirectory } from '../../in-force/directory.js';
import { openPolicy } from '../../in-force/tested-policy.js';
import { createJudge } from '../../judge.js';
import { type Decided, type Facts, sourceName, type Task } from '../../message.js';
import { admit } from '../../pipeline/admission.js';
import type { InRecord } from '../../pipeline/port.js';
import { Quarantine } from '../../pipeline/quarantine.js';
import { onceKnown } from '../../pipeline/repeats.js';
import { readPolicyFiles } from '../../policy/files.js';
import type { Plan } from '../../policy/plan.js';
import type { Settings } from '../../settings.js';
import { events } from '../../telemetry/events.js';
import type { TopicReader } from '../../transports/topic-reader.js';
import { factsOf, type Verdict } from '../../verdict.js';
import { topicsOf } from '../run/gate.js';
import { keysOf } from '../run/keys.js';
import { directoryOf } from '../run/known.js';
import { type PolicyValues, placeOf } from './options.js';
import { recordsOf } from './publish.js';

export type Replay =
  | { readonly is: 'same' | 'other'; readonly outcome: string; readonly decisions: readonly Decided[] }
  | { readonly is: 'no-policy' | 'no-message' }
  | { readonly is: 'other-policy' | 'other-directory'; readonly digest: string };

export interface AtHand {
  readonly plan: Plan | undefined;
  readonly replay: Replay;
}

export async function replay(
  reader: TopicReader,
  entry: AuditEntry,
  settings: Settings,
  values: PolicyValues,
): Promise<AtHand> {
  const plan = await planAtHand(reader, values, settings);
  if (plan === undefined) return { plan, replay: { is: 'no-policy' } };
  const answer = (one: Replay): AtHand => ({ plan, replay: one });
  if (plan.digest !== entry.plan) return answer({ is: 'other-policy', digest: plan.digest.slice(0, 16) });
  const then = entry.facts as Facts;
  const directory = await directoryAtHand(settings);
  const digest = directory?.digest.slice(0, 16) ?? 'none';
  if (then.directory !== undefined && then.directory !== digest) return answer({ is: 'other-directory', digest });
  const record = await recordOf(reader, entry);
  if (record === undefined) return answer({ is: 'no-message' });
  const quarantine = new Quarantine(keysOf(settings).quarantine);
  const lane = { topic: entry.source.topic, topics: topicsOf(settings), quarantine };
  const [admitted] = admit([record], plan, entry.time, lane);
  const task = { ...admitted.task, surface: then.surface };
  const judged = admitted.verdict ?? createJudge(plan).judge(task, entry.time, directory);
  const verdict = asThen(judged, entry, task.approved);
  const { decisions = [] } = factsOf(verdict);
  const same = verdict.outcome === entry.outcome && key(decisions) === key(then.decisions ?? []);
  return answer({ is: same ? 'same' : 'other', outcome: verdict.outcome, decisions });
}

/** What decides here and now; none where there is no policy to be read. */
async function planAtHand(reader: TopicReader, values: PolicyValues, settings: Settings): Promise<Plan | undefined> {
  const named = placeOf(undefined, values);
  const { policyTopic: topic } = settings;
  try {
    const texts = topic === undefined ? readPolicyFiles(named.place) : (await recordsOf(reader, topic)).records.texts();
    return openPolicy(texts, named.settings, keysOf(settings).references).plan;
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'FILE_UNREADABLE') return undefined;
    throw error;
  }
}

async function directoryAtHand(settings: Settings): Promise<Directory | undefined> {
  const key = keysOf(settings).directory;
  const opened = await openDirectory(settings, key, events(), directoryOf(settings, key));
  try {
    const image = opened.image();
    return image && attachDirectory(image);
  } finally {
    await opened.close();
  }
}

async function recordOf(reader: TopicReader, { id, source: { topic } }: AuditEntry): Promise<InRecord | undefined> {
  for await (const { source, record } of reader.follow(topic, { follow: false }))
    if (sourceName(source) === id) return record;
  return undefined;
}

/** Whether the call had come before, and its approval been used, is known from the entry: the slot's state has gone on since. */
function asThen(judged: Verdict, entry: AuditEntry, approved: Task['approved']): Verdict {
  const { decisions = [] } = entry.facts as Facts;
  const spent = entry.reason?.startsWith('approval-') === true && entry.outcome === 'blocked';
  const verdict: Verdict = spent ? { ...judged, outcome: 'blocked' } : judged;
  const facts = factsOf(verdict);
  const prepared = facts.once?.decisions ?? [];
  const repeated = prepared.some((one) => decisions.some(({ rule, code }) => rule === one.rule && code === one.code));
  return onceKnown(verdict, facts, repeated, approved);
}

function key(decisions: readonly Decided[]): string {
  return JSON.stringify(decisions.map(({ rule, action, code }) => [rule, action, code]));
}
