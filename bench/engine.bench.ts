/**
 * The engine as a whole: string in, findings and redacted string out. Set beside two limits measured in the same run: a
 * bare loop over character classes, which no scanner can pass, and JSON.parse, which everybody pays anyway. Speed and latency
 * are those of a warm process, as a gate runs for days: ten CPU seconds of work, or thousands of messages, go before. What a
 * cold process costs is told by the start.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { quantile } from '../src/commands/bench/quantile.js';
import { createEngine } from '../src/index.js';
import { type Bench, median, print, ratioOf, utf8Bytes, warmSpeedsOf } from './harness.js';
import { cleanNotes, denseNotes, messages } from './workload.js';

const SEED = 7;
const BYTES = 2_000_000;
const SIZES = [200, 2_000, 20_000];
const LATENCY_WARMUP = 3_000;
const STARTS = 5;

export const engine: Bench = {
  name: 'engine',
  about: 'MB per CPU second on dense and clean notes, latency by message size, start-up, memory',
  run() {
    const dense = denseNotes(SEED, BYTES);
    const clean = cleanNotes(SEED, BYTES);
    const subject = createEngine();
    const found = dense.reduce((sum, text) => sum + subject.scan(text).findings.length, 0);
    const quoted = dense.map((text) => JSON.stringify({ text }));
    const redactAll = (texts: readonly string[]) => () => {
      for (const text of texts) subject.redact(text);
    };
    const speeds = warmSpeedsOf({
      dense: { bytes: utf8Bytes(dense), run: redactAll(dense) },
      classLoop: { bytes: utf8Bytes(dense), run: () => classify(dense) },
      clean: { bytes: utf8Bytes(clean), run: redactAll(clean) },
      jsonParse: {
        bytes: utf8Bytes(quoted),
        run() {
          for (const text of quoted) JSON.parse(text);
        },
      },
    });
    const overClassLoop = ratioOf(speeds.dense, speeds.classLoop);
    const perKb = (1000 * found) / utf8Bytes(dense);
    print(
      'dense notes',
      speeds.dense.mbPerCpuSecond,
      'MB/CPU s',
      `${perKb.toFixed(1)} identifiers per KB, spread ${speeds.dense.spread.toFixed(2)}`,
    );
    print('clean notes', speeds.clean.mbPerCpuSecond, 'MB/CPU s', `spread ${speeds.clean.spread.toFixed(2)}`);
    print(
      'limit: character class loop',
      speeds.classLoop.mbPerCpuSecond,
      'MB/CPU s',
      `dense is 1/${(1 / overClassLoop).toFixed(1)} of it`,
    );
    print('limit: JSON.parse', speeds.jsonParse.mbPerCpuSecond, 'MB/CPU s');
    const figures: Record<string, number> = {
      engine_dense_mb_per_cpu_s: speeds.dense.mbPerCpuSecond,
      engine_clean_mb_per_cpu_s: speeds.clean.mbPerCpuSecond,
      engine_over_class_loop: overClassLoop,
      engine_over_json_parse: ratioOf(speeds.dense, speeds.jsonParse),
      engine_identifiers_per_kb: perKb,
    };
    for (const size of SIZES) {
      const name = size < 1000 ? `${size}b` : `${size / 1000}k`;
      const times = latencies(size);
      figures[`engine_${name}_p50_us`] = quantile(times, 0.5);
      figures[`engine_${name}_p99_us`] = quantile(times, 0.99);
      print(`message of ${name}, p50`, quantile(times, 0.5), 'µs', `p99 ${quantile(times, 0.99).toFixed(1)} µs`);
    }
    const starts = Array.from({ length: STARTS }, start);
    figures.startup_ms = median(starts.map(({ ms }) => ms));
    figures.rss_mb = median(starts.map(({ mb }) => mb));
    print('start to first verdict', figures.startup_ms, 'ms', 'a new process, Node itself included');
    print('memory after dense notes', figures.rss_mb, 'MB', 'resident, one thread, all lexicons');
    return figures;
  },
};

const CLASSES = new Uint8Array(1 << 16).map((_, c) =>
  c >= 48 && c < 58 ? 1 : (c | 32) >= 97 && (c | 32) < 123 ? 2 : 0,
);

function classify(texts: readonly string[]): number {
  let seen = 0;
  for (const text of texts) for (let i = 0; i < text.length; i++) seen ^= CLASSES[text.charCodeAt(i)];
  return seen;
}

/** Microseconds of each message, warm. */
function latencies(size: number): number[] {
  const subject = createEngine();
  const texts = messages(SEED, 2_000, size);
  for (let i = 0; i < LATENCY_WARMUP; i++) subject.redact(texts[i % texts.length]);
  return [...texts, ...texts].map((text) => {
    const before = performance.now();
    subject.redact(text);
    return 1000 * (performance.now() - before);
  });
}

/** A fresh process up to its first verdict, then its memory after a few megabytes. */
function start(): { ms: number; mb: number } {
  const script = fileURLToPath(new URL('./start-probe.js', import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  if (status !== 0) throw new Error('the start probe failed');
  return JSON.parse(stdout);
}
