/**
 * Invented agent traffic for the demo: conversations of six agents, most messages without identifiers, as lines appended to
 * the journal's input files. Every person, number and address is invented; the same seed gives the same traffic.
 */
import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Task } from '../../message.js';
import { TOPICS } from '../../pipeline/topics.js';
import { CONVERSATIONS } from '../demo/conversations.js';

const TOPIC_OF = {
  prompt: 'agent.prompts',
  context: 'agent.context',
  'tool call': 'agent.tool-calls',
  'tool result': 'agent.tool-results',
  output: 'agent.outputs',
} as const;

const CLEAN = [
  'Thanks, that answers my question. When are you open on weekends?',
  'Guideline: in heart failure with reduced ejection fraction, start a beta blocker and titrate every two weeks.',
  'HbA1c 6.8 %, LDL 92 mg/dL, creatinine 0.9 mg/dL. No change of therapy, next control in three months.',
  'Please summarise the visit in plain language, at most five sentences, and say when to call us.',
  'The order was sent to the pharmacy. You will be told when it is ready to be picked up.',
  'Parkinson disease, stable on levodopa; physiotherapy twice a week; Foley catheter removed.',
];
const AGENTS = ['portal-bot', 'scheduler', 'scribe', 'billing', 'triage', 'records'];
const TENANTS = ['north', 'lakeside'];
/** A message in this many cannot be scanned: its envelope says two things. */
const BROKEN_EVERY = 397;
/** Of messages that carry identifiers. */
const PHI_SHARE = 0.3;

export interface Line {
  readonly topic: string;
  readonly line: string;
}

export function* traffic(seed: number): Generator<Line> {
  let state = seed >>> 0;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  for (let n = 1; ; n++) {
    const agent = pick(AGENTS);
    const envelope = {
      id: `demo-${n}`,
      tenant: pick(TENANTS),
      agent,
      session: `chat-${agent}-${Math.floor(random() * 40)}`,
      purpose: 'treatment',
    };
    if (n % BROKEN_EVERY === 0) {
      const twice = JSON.stringify({ ...envelope, content: CLEAN[0] }).slice(0, -1);
      yield { topic: TOPIC_OF.prompt, line: `${twice},"content":"MRN 00482913"}\n` };
      continue;
    }
    const { surface, content } =
      random() < PHI_SHARE ? pick(CONVERSATIONS) : { surface: pick(SURFACES), content: pick(CLEAN) };
    yield { topic: TOPIC_OF[surface], line: `${JSON.stringify({ ...envelope, content })}\n` };
  }
}

const REHEARSED = 120;

/** A pack of it, for threads to warm up on. */
export function rehearsal(): Task[] {
  const source = traffic(2);
  return Array.from({ length: REHEARSED }, () => {
    const { topic, line } = source.next().value as Line;
    return { surface: TOPICS.inputs[topic] ?? 'output', key: null, value: Buffer.from(line.trimEnd()), headers: [] };
  });
}

const SURFACES = Object.keys(TOPIC_OF) as (keyof typeof TOPIC_OF)[];
const TICK_MS = 50;

/** Appends so many messages a second until it is told to stop. */
export async function send(folder: string, perSecond: number, stop: AbortSignal): Promise<void> {
  const source = traffic(1);
  for (const topic of Object.values(TOPIC_OF)) await mkdir(join(folder, topic), { recursive: true, mode: 0o700 });
  const begun = Date.now();
  for (let sent = 0; !stop.aborted; ) {
    const due = Math.floor(((Date.now() - begun) / 1000) * perSecond);
    const texts = new Map<string, string>();
    for (; sent < due; sent++) {
      const { topic, line } = source.next().value as Line;
      texts.set(topic, (texts.get(topic) ?? '') + line);
    }
    for (const [topic, text] of texts) await appendFile(join(folder, topic, '0.ndjson'), text);
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
}
