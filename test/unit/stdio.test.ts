/** The pipe: a line out for each line in, whatever stands in it; half a line at a stop is none. */
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { journalLineBytesMax } from '../../src/limits.js';
import { TOPICS, type Topics } from '../../src/pipeline/topics.js';
import { STDIO_TOPIC, Stdio } from '../../src/transports/stdio.js';
import { testPipeline } from '../kit/pipeline.js';
import { CANARY } from '../kit/tasks.js';

const topics: Topics = { ...TOPICS, inputs: { [STDIO_TOPIC]: 'prompt' }, quarantine: '' };

function pipe() {
  const [input, output, incidents] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const pipeline = testPipeline({ topics });
  let out = '';
  output.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  incidents.resume();
  const stop = new AbortController();
  const transport = new Stdio({ input, output, incidents, topics, clock: Date.now });
  const ended = transport.run({ own: pipeline.own, stop: stop.signal });
  return { input, stop, ended, lines: () => out.split('\n').slice(0, -1) };
}

test('values with line breaks and tombstones are one line each', async () => {
  const { input, ended, lines } = pipe();
  input.end(`{"text":"a\\nMRN ${CANARY}\\r\\nb"}\n{"value":null}\n\nc\r\nlast`);
  await ended;
  assert.deepEqual(lines(), ['{"text":"a\\nMRN [MRN-1]\\r\\nb"}', '{"value":null}', '', 'c', 'last']);
});

test('half a line at a stop is dropped', async () => {
  const { input, stop, ended, lines } = pipe();
  input.write(`whole\nMRN ${CANARY.slice(0, 4)}`);
  while (lines().length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
  stop.abort();
  await ended;
  assert.deepEqual(lines(), ['whole']);
});

test('a line past the bound is one outcome that could not be scanned, and the next ones are answered', async () => {
  const { input, ended, lines } = pipe();
  input.write('before\n');
  for (let bytes = 0; bytes <= 2 * journalLineBytesMax; bytes += 1024 * 1024) input.write('x'.repeat(1024 * 1024));
  input.end('\nafter\n');
  await ended;
  const [before, long, after] = lines();
  assert.deepEqual([before, after, lines().length], ['before', 'after', 3]);
  assert.equal((JSON.parse(long) as { sluice: { reason: string } }).sluice.reason, 'too-large');
});
