/**
 * What all benches share: CPU time of a piece of work as the median of five rounds, the machine it ran on, and the record
 * that is kept. MB are 10^6 bytes of UTF-8; only ratios within one run are claims.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { quantile } from '../src/commands/bench/quantile.js';

export const ROUNDS = 5;
/** Each round repeats the work until it has lasted this long. */
const ROUND_MS_MIN = 400;

export const RECORDS = fileURLToPath(new URL('../../bench/records/', import.meta.url));

/** Work is repeated for so much CPU time before any of it counts: V8 has then compiled what it runs, and compiled it again. */
const WARM_CPU_US = 10_000_000;

export interface Work {
  /** Bytes of UTF-8 that one call reads. */
  readonly bytes: number;
  run(): void;
}

export interface Speed {
  /** Median of the rounds. */
  readonly mbPerCpuSecond: number;
  /** Largest over smallest round: how noisy the machine was. */
  readonly spread: number;
  readonly rounds: readonly number[];
}

export interface Bench {
  readonly name: string;
  readonly about: string;
  /** Prints what a person reads and returns flat figures. */
  run(): Record<string, number> | Promise<Record<string, number>>;
}

/** Speed of one piece of work, after a single call of it. */
export function speedOf(bytes: number, run: () => void): Speed {
  run();
  return speedFrom(Array.from({ length: ROUNDS }, () => round({ bytes, run })));
}

/**
 * Speeds of several pieces of work in a warm process. They are measured in turn, round by round, so that whatever slows
 * the machine down slows all of them, and a ratio of two is one of the same minute.
 */
export function warmSpeedsOf<K extends string>(works: Readonly<Record<K, Work>>): Record<K, Speed> {
  const names = Object.keys(works) as K[];
  const before = process.cpuUsage();
  while (usedSince(before) < WARM_CPU_US) for (const name of names) works[name].run();
  const rounds = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let n = 0; n < ROUNDS; n++) for (const name of names) rounds[name].push(round(works[name]));
  return Object.fromEntries(names.map((name) => [name, speedFrom(rounds[name])])) as Record<K, Speed>;
}

/** One speed over another: the median of the rounds' ratios. */
export function ratioOf(one: Speed, other: Speed): number {
  return median(one.rounds.map((speed, n) => speed / other.rounds[n]));
}

function speedFrom(rounds: readonly number[]): Speed {
  return { mbPerCpuSecond: median(rounds), spread: Math.max(...rounds) / Math.min(...rounds), rounds };
}

/** MB per CPU second of one round. */
function round({ bytes, run }: Work): number {
  const start = performance.now();
  const before = process.cpuUsage();
  let times = 0;
  do {
    run();
    times++;
  } while (performance.now() - start < ROUND_MS_MIN);
  return (times * bytes) / usedSince(before);
}

/** Microseconds of CPU time. */
function usedSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function utf8Bytes(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

export function print(label: string, value: number, unit: string, note = ''): void {
  console.log(`  ${label.padEnd(34)}${value.toFixed(value < 10 ? 2 : 1).padStart(9)} ${unit.padEnd(12)}${note}`);
}

export function fingerprint(): Record<string, string | number> {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    v8: process.versions.v8,
  };
}

/** Keeps the figures of one run; named by time, bench and commit, so that a folder listing is the history. */
export function record(bench: string, figures: Record<string, number>): string {
  const time = new Date().toISOString();
  const commit = revision();
  const path = `${RECORDS}${time.slice(0, 19).replaceAll(':', '')}-${bench}.json`;
  mkdirSync(RECORDS, { recursive: true });
  writeFileSync(
    path,
    `${JSON.stringify({ bench, time, commit, rounds: ROUNDS, machine: fingerprint(), figures }, null, 1)}\n`,
  );
  return path;
}

function revision(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'none';
  }
}
