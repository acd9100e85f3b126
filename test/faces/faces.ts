/** The faces, each asked for a list of cases and answering in the same words, so that their answers can be compared. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import type { Json } from '../../src/engine/object.js';
import { type AuditEntry, type Incident, Shield, type ShieldResult, type SnakeContext } from '../../src/index.js';
import type { Facts } from '../../src/message.js';
import type { Headers } from '../../src/pipeline/port.js';
import { TOPICS } from '../../src/pipeline/topics.js';
import { writeSnapshot } from '../../src/roster/file.js';
import { followTopic } from '../../src/transports/journal-reader.js';
import { partitionFile } from '../../src/transports/journal-writer.js';
import { MAIN } from '../kit/gate-process.js';
import { headerOf } from '../kit/kafka-io.js';
import { HEADER, rosterFor, SECRET } from '../kit/roster.js';
import type { Answer, FaceCase } from './cases.js';

const AGENT = 'portal-bot';
const KEY = 'a key for tests, and for nothing';

/** A policy and a directory as files; none: the built-in policy. */
export interface Deciding {
  readonly policy?: string;
  readonly without?: readonly string[];
  readonly directory?: Readonly<Record<string, unknown>>;
  /** Rows of patients, under a head. */
  readonly roster?: readonly string[];
}

/** Files and flags of one run. */
export interface Setting {
  readonly folder: string;
  readonly policyPath?: string;
  readonly directoryPath?: string;
  readonly rosterPath?: string;
  readonly without: readonly string[];
}

export async function withSetting<T>(deciding: Deciding, work: (setting: Setting) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-faces-'));
  const { policy, directory, roster, without = [] } = deciding;
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const rosterPath = join(folder, 'default.roster');
  if (roster !== undefined) writeSnapshot(rosterPath, rosterFor('default', [HEADER, ...roster]).image.base);
  try {
    return await work({
      folder,
      without,
      ...(policy !== undefined && { policyPath: file('policy.yaml', policy) }),
      ...(directory !== undefined && { directoryPath: file('directory.yaml', stringify(directory)) }),
      ...(roster !== undefined && { rosterPath }),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As `sluice run` takes them. */
export function settingsOf({ policyPath, directoryPath, rosterPath, without }: Setting): Record<string, unknown> {
  return {
    key: KEY,
    threads: 1,
    ...(policyPath && { policy: policyPath }),
    ...(directoryPath && { directory: directoryPath }),
    ...(rosterPath && { roster: rosterPath, rosterKey: SECRET.toString() }),
    ...(without.length > 0 && { without }),
  };
}

export function envelopeOf({ content, context }: FaceCase): string {
  return JSON.stringify({ tenant: 'default', agent: AGENT, ...context, content });
}

export async function askShield(cases: readonly FaceCase[], setting: Setting, threads = 0): Promise<Answer[]> {
  const raised = new Map<string, string>();
  const { policyPath, directoryPath, rosterPath, without } = setting;
  const shield = new Shield({
    agentId: AGENT,
    key: KEY,
    threads,
    ...(policyPath && { policyPath, without }),
    ...(directoryPath && { directoryPath }),
    ...(rosterPath && { rosterPath, rosterKey: SECRET }),
    sink: async ({ incidents }) => {
      for (const { metadata, unmapped } of incidents) raised.set(metadata.uid, unmapped.sluice.rule);
    },
  });
  const answers: Answer[] = [];
  try {
    for (const one of cases) {
      const result = await scan(shield, one);
      const incidents = result.incidentIds.map((id) => raised.get(id) ?? 'lost').sort();
      const codes = result.decisions.map(({ code }) => code).sort();
      const { action } = result;
      answers.push(
        result.blocked ? { action, incidents, codes } : { action, content: result.content, incidents, codes },
      );
    }
  } finally {
    await shield.close();
  }
  return answers;
}

async function scan(shield: Shield, { surface, content, context: said = {} }: FaceCase): Promise<ShieldResult<Json>> {
  const names: Readonly<Record<string, string>> = { session: 'session_id', id: 'message_id' };
  const context: SnakeContext = Object.fromEntries(
    Object.entries(said).map(([name, one]) => [names[name] ?? name, one]),
  );
  switch (surface) {
    case 'prompt':
    case 'context':
      return shield.scanInput({ content, surface, context });
    case 'tool_result':
      return shield.scanToolResult({ content, context });
    case 'output':
      return shield.scanOutput({ content, context });
    case 'tool_call': {
      const call = content as { readonly tool_name: string; readonly parameters: Json };
      const result = await shield.scanToolCall({ toolName: call.tool_name, parameters: call.parameters, context });
      if (result.blocked) return result;
      const { toolName, parameters } = result.content;
      return { ...result, content: { tool_name: toolName, parameters } };
    }
  }
}

/** What a gate has written about one message. */
export interface Written {
  readonly value: string;
  readonly headers: Headers;
  readonly audit: AuditEntry;
  readonly incidents: readonly Incident[];
}

export function answerOf({ content: before }: FaceCase, { value, headers, audit, incidents }: Written): Answer {
  const outcome = headerOf({ headers }, 'sluice-action') ?? '';
  const codes = ((audit.facts as Facts).decisions ?? []).map(({ code }) => code).sort();
  const rules = incidents.map(({ unmapped }) => unmapped.sluice.rule).sort();
  if (audit.outcome !== outcome) throw new Error(`the audit says ${audit.outcome}, the outcome ${outcome}`);
  return { ...toldBy(value, before), incidents: rules, codes };
}

/** What a value alone tells: content, or why there is none. */
function toldBy(value: string, before: Json): Pick<Answer, 'action' | 'content'> {
  const { content, sluice } = JSON.parse(value) as { content: Json; sluice?: { outcome: string; reason: string } };
  if (sluice === undefined) return { action: isDeepStrictEqual(content, before) ? 'allow' : 'redact', content };
  if (sluice.outcome === 'blocked') return { action: 'block' };
  if (sluice.outcome !== 'pending') return { action: 'could-not-scan' };
  return { action: sluice.reason === 'step-up-required' ? 'step_up' : 'require_approval' };
}

export const TOPIC_OF: Readonly<Record<FaceCase['surface'], string>> = {
  prompt: 'agent.prompts',
  context: 'agent.context',
  tool_call: 'agent.tool-calls',
  tool_result: 'agent.tool-results',
  output: 'agent.outputs',
};

export async function askJournal(cases: readonly FaceCase[], setting: Setting): Promise<Answer[]> {
  const journal = join(setting.folder, 'journal');
  const counts = new Map<string, number>();
  const sources = cases.map((one) => {
    const topic = TOPIC_OF[one.surface];
    mkdirSync(join(journal, topic), { recursive: true });
    appendFileSync(partitionFile(journal, topic, 0), `${envelopeOf(one)}\n`);
    const offset = counts.get(topic) ?? 0;
    counts.set(topic, offset + 1);
    return { topic, offset };
  });
  // Without a word the service would log; what it has to say is in the journal.
  run(setting, ['--once', '--journal', journal, '--log-level', 'silent'], '');
  const outcomes = new Map<string, { value: string; headers: Headers }>();
  for (const topic of counts.keys()) {
    for await (const { record } of followTopic(journal, `${topic}.redacted`, { follow: false })) {
      const { value, headers } = record;
      outcomes.set(headerOf(record, 'sluice-source') ?? '', { value: value?.toString() ?? '', headers });
    }
  }
  const audit = await readJson<AuditEntry>(journal, TOPICS.audit);
  const incidents = await readJson<Incident>(journal, TOPICS.incidents);
  return sources.map(({ topic, offset }, i) => {
    const id = `${topic}/0/${offset}`;
    const mine = incidents.filter(({ unmapped }) => unmapped.sluice.audit === id);
    return answerOf(cases[i]!, { ...outcomes.get(id)!, audit: audit.find((one) => one.id === id)!, incidents: mine });
  });
}

async function readJson<T>(journal: string, topic: string): Promise<T[]> {
  const all: T[] = [];
  for await (const { record } of followTopic(journal, topic, { follow: false })) {
    all.push(JSON.parse(record.value!.toString()) as T);
  }
  return all;
}

/** One pipe for each surface. The pipe shows no audit entries: of codes it repeats what the case says. */
export function askPipe(cases: readonly FaceCase[], setting: Setting): Answer[] {
  const answers = new Map<FaceCase, Answer>();
  for (const surface of new Set(cases.map((one) => one.surface))) {
    const mine = cases.filter((one) => one.surface === surface);
    const { out, err } = run(setting, ['--stdio', '--surface', surface], `${mine.map(envelopeOf).join('\n')}\n`);
    const incidents = err.map((line) => (JSON.parse(line) as Incident).unmapped.sluice);
    mine.forEach((one, i) => {
      const rules = incidents.filter(({ source }) => source.offset === i).map(({ rule }) => rule);
      answers.set(one, { ...toldBy(out[i] ?? '', one.content), incidents: rules.sort(), codes: one.answer.codes });
    });
  }
  return cases.map((one) => answers.get(one)!);
}

function run(setting: Setting, args: readonly string[], input: string) {
  const config = join(setting.folder, 'sluice.yaml');
  writeFileSync(config, stringify(settingsOf(setting)));
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'run', ...args, '--config', config], {
    input,
    encoding: 'utf8',
    cwd: setting.folder,
    maxBuffer: 64 * 1024 * 1024,
    env: { PATH: process.env.PATH },
  });
  if (status !== 0) throw new Error(`sluice run ended with ${status}: ${stderr.slice(0, 2000)}`);
  // The gate says on stderr, in words, what it goes without.
  const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.startsWith('{'));
  return { out: linesOf(stdout), err: linesOf(stderr) };
}
