/**
 * The gate as it is run: a process of `sluice run` on topics of its own, which a test can stop, kill, freeze and start
 * again, and everything that it writes.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { outcomeTopic, outputsOf, TOPICS, type Topics } from '../../src/pipeline/topics.js';
import { createTopics, shapesOf } from '../../src/transports/kafka-topics.js';
import { holdsAny, judge, type Verdict } from './history.js';
import { headerOf, KafkaIo, type ReadRecord } from './kafka-io.js';
import './watch-parent.js';

export const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const FAULTY = fileURLToPath(new URL('./faulty-gate.js', import.meta.url));
const RECORD_BYTES_MAX = 1_000_000;
/** Two minutes, and half a minute more for each thousand records: machines are slow and busy. */
const SETTLE_MS_MAX = 120_000;
const SETTLE_RECORD_MS_MAX = 30;

/** The command takes the shell's place; when our end of the pipe closes, which the system sees to, it is killed. */
const GUARD = `exec 3<&0
{ cat <&3; kill -9 $$; } >/dev/null 2>&1 &
exec "$@" 3<&- </dev/null >"$LOG" 2>&1`;

/** Identifiers that are in the inputs, and must be on no output topic and in no file. */
export const CANARIES = ['77418829', '617-555-0142', 'maya.ostrow@example.org', 'Ostrow'];

export interface Exited {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface Input {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

export interface GateWorldOptions {
  readonly brokers: readonly string[];
  /** Where the gate itself connects, if not there: to proxies. */
  readonly gateBrokers?: readonly string[];
  readonly partitions: number;
  readonly replicas?: number;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Besides two of its own. */
  readonly inputs?: Topics['inputs'];
}

/** Topics, settings and a folder: what several processes of one gate share. */
export class GateWorld {
  readonly io: KafkaIo;
  readonly topics: Topics;
  readonly inputs: Input[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'sluice-gate-'));
  readonly #partitions: number;
  readonly #processes: GateProcess[] = [];

  private constructor({ brokers, partitions }: GateWorldOptions, topics: Topics) {
    this.io = new KafkaIo(brokers);
    this.topics = topics;
    this.#partitions = partitions;
  }

  /** Whatever becomes of the test, no process and no file stays behind. */
  static async with(options: GateWorldOptions, work: (world: GateWorld) => Promise<void>): Promise<void> {
    const world = await GateWorld.make(options);
    try {
      await work(world);
    } finally {
      await Promise.all(world.#processes.map((gate) => gate.kill()));
      rmSync(world.#folder, { recursive: true, force: true });
    }
  }

  private static async make(options: GateWorldOptions): Promise<GateWorld> {
    const { brokers, gateBrokers, partitions, replicas, settings } = options;
    const name = `g${randomBytes(4).toString('hex')}`;
    const { incidents, audit, quarantine, state, learned } = TOPICS;
    const topics: Topics = {
      ...TOPICS,
      inputs: { [`${name}.prompts`]: 'prompt', [`${name}.outputs`]: 'output', ...options.inputs },
      incidents: `${name}.${incidents}`,
      audit: `${name}.${audit}`,
      quarantine: `${name}.${quarantine}`,
      state: `${name}.${state}`,
      learned: `${name}.${learned}`,
    };
    const world = new GateWorld(options, topics);
    const shapes = shapesOf(topics, partitions, RECORD_BYTES_MAX);
    await createTopics({ brokers, clientId: 'sluice-test' }, shapes, replicas ?? 1);
    const { suffix: _, ...named } = topics;
    const file = {
      brokers: gateBrokers ?? brokers,
      group: name,
      key: randomBytes(24).toString('base64'),
      threads: 1,
      warmUpMs: 0,
      topics: named,
      ...settings,
    };
    writeFileSync(world.#file, stringify(file));
    return world;
  }

  get inputTopics(): string[] {
    return Object.keys(this.topics.inputs);
  }

  get outcomeTopics(): string[] {
    return this.inputTopics.map((topic) => outcomeTopic(this.topics, topic));
  }

  /** Messages with identifiers in them, spread over topics and partitions. */
  async produce(count: number): Promise<void> {
    const topics = this.inputTopics;
    for (const [t, topic] of topics.entries()) {
      const mine = Array.from({ length: Math.ceil((count - t) / topics.length) }, (_, i) => ({
        partition: i % this.#partitions,
        key: `session-${i % 23}`,
        value: messageOf(i),
      }));
      await this.add(topic, mine);
    }
  }

  async add(topic: string, records: Parameters<KafkaIo['produce']>[1]): Promise<void> {
    const offsets = await this.io.produce(topic, records);
    for (const [i, { partition }] of records.entries()) {
      this.inputs.push({ topic, partition, offset: offsets[i] as number });
    }
  }

  start(more: readonly string[] = [], preload: readonly string[] = [], env: NodeJS.ProcessEnv = {}): GateProcess {
    const imports = preload.flatMap((module) => ['--import', module]);
    return this.#started([...imports, MAIN, 'run', '--config', this.#file, ...more], env);
  }

  /** With the worker that misbehaves where a message says so. */
  startFaulty(): GateProcess {
    return this.#started([FAULTY, this.#file], {});
  }

  /** Another command with the same settings, to its end. */
  async command(...args: readonly string[]): Promise<GateProcess> {
    const process = this.#started([MAIN, ...args, '--config', this.#file], {});
    await process.exited;
    return process;
  }

  get #file(): string {
    return join(this.#folder, 'sluice.yaml');
  }

  #started(args: readonly string[], env: NodeJS.ProcessEnv): GateProcess {
    const gate = new GateProcess(args, this.#folder, this.#processes.length, env);
    this.#processes.push(gate);
    return gate;
  }

  /** Until every input has an outcome: by offsets committed, which move with the outcomes. */
  async settled(): Promise<void> {
    const ends = new Map<string, number>();
    for (const { topic, partition, offset } of this.inputs) {
      const name = `${topic}/${partition}`;
      ends.set(name, Math.max(ends.get(name) ?? 0, offset + 1));
    }
    const group = this.inputTopics[0]?.split('.')[0] as string;
    for (const deadline = Date.now() + SETTLE_MS_MAX + this.inputs.length * SETTLE_RECORD_MS_MAX; ; await pause(100)) {
      const standing = await Promise.all(
        this.inputTopics.map(async (topic) => [topic, await this.io.committed(group, topic)] as const),
      ).catch(() => []);
      const committed = new Map(standing);
      const done = [...ends].every(([name, end]) => {
        const [topic, partition] = name.split('/') as [string, string];
        return (committed.get(topic)?.get(Number(partition)) ?? -1) >= end;
      });
      if (done) return;
      if (Date.now() > deadline) throw new Error(`not settled: ${this.words().slice(-2000)}`);
    }
  }

  readOutputs(): Promise<ReadRecord[]> {
    return this.io.readAll(outputsOf(this.topics));
  }

  /** One outcome and one audit entry for each input, and nothing in clear on any topic. */
  judge(outputs: readonly ReadRecord[]): { readonly outcomes: Verdict; readonly audits: Verdict } {
    const audits = outputs.filter(({ topic }) => topic === this.topics.audit);
    const others = outputs.filter(({ topic }) => topic !== this.topics.audit);
    const { inputs } = this;
    const outcomeOf = (record: ReadRecord): string | undefined => this.inputOf(record);
    return {
      outcomes: judge({ inputs, outputs: others, canaries: CANARIES, outcomeOf }),
      audits: judge({ inputs, outputs: audits, canaries: CANARIES, outcomeOf }),
    };
  }

  /** The input whose outcome a record is, or whose audit entry. */
  inputOf(record: ReadRecord): string | undefined {
    if (record.topic === this.topics.audit) return auditedOf(record);
    return this.outcomeTopics.includes(record.topic) ? headerOf(record, 'sluice-source') : undefined;
  }

  /** All that the processes have written: logs, crash reports, whatever lies in their folder, except the settings. */
  words(): string {
    return readdirSync(this.#folder)
      .filter((name) => name !== 'sluice.yaml')
      .map((name) => readFileSync(join(this.#folder, name), 'latin1'))
      .join('\n');
  }

  leaksInFiles(): boolean {
    return holdsAny(Buffer.from(this.words(), 'latin1'), CANARIES);
  }
}

export class GateProcess {
  readonly exited: Promise<Exited>;
  readonly #child: ChildProcess;
  readonly #log: string;

  /** `args` are those of Node. */
  constructor(args: readonly string[], folder: string, number: number, env: NodeJS.ProcessEnv = {}) {
    this.#log = join(folder, `process-${number}.log`);
    const report = ['--report-on-fatalerror', '--report-uncaught-exception', `--report-directory=${folder}`];
    this.#child = spawn('sh', ['-c', GUARD, 'sh', process.execPath, ...report, ...args], {
      cwd: folder,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LOG: this.#log, ...env },
    });
    this.exited = new Promise((resolve) =>
      this.#child.once('exit', (code, signal) => {
        this.#child.stdin?.destroy();
        resolve({ code, signal });
      }),
    );
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get words(): string {
    return existsSync(this.#log) ? readFileSync(this.#log, 'utf8') : '';
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Until the log says so: an event's name, say. */
  async says(pattern: RegExp, msMax = 60_000): Promise<void> {
    for (const deadline = Date.now() + msMax; !pattern.test(this.words); await pause(50)) {
      if (!this.running || Date.now() > deadline) throw new Error(`never said ${pattern}:\n${this.words.slice(-3000)}`);
    }
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.exited;
  }

  async stop(): Promise<Exited> {
    this.signal('SIGTERM');
    return this.exited;
  }
}

export function messageOf(i: number): string {
  return JSON.stringify({
    id: `m-${i}`,
    agent: 'portal-bot',
    session: `session-${i % 23}`,
    content: `Pt Maya Ostrow, MRN 77418829, call 617-555-0142 or write to maya.ostrow@example.org. Request ${i}.`,
  });
}

/** The input that an audit entry is about. */
function auditedOf({ value }: ReadRecord): string | undefined {
  const entry = JSON.parse(value?.toString() ?? '{}') as {
    source?: { topic?: string; partition?: number; offset?: number };
  };
  const { topic, partition, offset } = entry.source ?? {};
  return topic === undefined ? undefined : `${topic}/${partition}/${offset}`;
}
