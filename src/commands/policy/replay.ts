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
import { onceKnown } from '../../pipeline/repeats.js';
import { readPolicyFiles } from '../../policy/files.js';
import type { Plan } from '../../policy/plan.js';
import type { Settings } from '../../settings.js';
import { events } from '../../telemetry/events.js';
import type { TopicReader } from '../../transports/topic-reader.js';
import { factsOf, type Verdict } from '../../verdict.js';
import { keysOf } from '../run/keys.js';
import { type PolicyValues, placeOf } from './options.js';

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
  const plan = planAtHand(values, settings);
  if (plan === undefined) return { plan, replay: { is: 'no-policy' } };
  const answer = (one: Replay): AtHand => ({ plan, replay: one });
  if (plan.digest !== entry.plan) return answer({ is: 'other-policy', digest: plan.digest.slice(0, 16) });
  const then = entry.facts as Facts;
  const directory = await directoryAtHand(settings);
  const digest = directory?.digest.slice(0, 16) ?? 'none';
  if (then.directory !== undefined && then.directory !== digest) return answer({ is: 'other-directory', digest });
  const task = await taskOf(reader, entry);
  if (task === undefined) return answer({ is: 'no-message' });
  const verdict = asThen(createJudge(plan).judge(task, entry.time, directory), then);
  const { decisions = [] } = factsOf(verdict);
  const same = verdict.outcome === entry.outcome && key(decisions) === key(then.decisions ?? []);
  return answer({ is: same ? 'same' : 'other', outcome: verdict.outcome, decisions });
}

/** What decides here and now; none where there is no policy to be read. */
function planAtHand(values: PolicyValues, settings: Settings): Plan | undefined {
  const named = placeOf(undefined, values);
  try {
    return openPolicy(readPolicyFiles(named.place), named.settings, keysOf(settings).references).plan;
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'FILE_UNREADABLE') return undefined;
    throw error;
  }
}

async function directoryAtHand(settings: Settings): Promise<Directory | undefined> {
  const opened = await openDirectory(settings, keysOf(settings).directory, events());
  try {
    const image = opened.image();
    return image && attachDirectory(image);
  } finally {
    await opened.close();
  }
}

async function taskOf(reader: TopicReader, { id, source: { topic }, facts }: AuditEntry): Promise<Task | undefined> {
  for await (const { source, record } of reader.follow(topic, { follow: false })) {
    if (sourceName(source) !== id) continue;
    const { key, value, headers } = record;
    return { surface: (facts as Facts).surface, key, value, headers };
  }
  return undefined;
}

/** Whether the call had come before is known from the entry: the session's state has gone on since. */
function asThen(verdict: Verdict, { decisions = [] }: Facts): Verdict {
  const facts = factsOf(verdict);
  const prepared = facts.once?.decisions ?? [];
  const repeated = prepared.some((one) => decisions.some(({ rule, code }) => rule === one.rule && code === one.code));
  return onceKnown(verdict, facts, repeated);
}

function key(decisions: readonly Decided[]): string {
  return JSON.stringify(decisions.map(({ rule, action, code }) => [rule, action, code]));
}
