/** Metrics and probes: what is scraped is what happened, and no label comes from a message. */
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { Buckets } from '../../src/telemetry/buckets.js';
import { openEndpoint } from '../../src/telemetry/endpoint.js';
import { type Committed, events } from '../../src/telemetry/events.js';
import { Metrics } from '../../src/telemetry/metrics.js';
import { CANARY } from '../kit/tasks.js';

const GAUGES = {
  inFlightBytes: 5,
  queuedPacks: 0,
  runningPacks: 1,
  threads: 2,
  workerRestarts: 3,
  retries: 0,
  slots: 1,
  lanes: 5,
  paused: true,
  workers: { records: 1234 },
  workerStages: new Map([['judge', Buckets.of([0.001, 0.01], [1, 2, 0], 0.007)]]),
};

const COMMITTED: Committed = {
  topic: 'agent.prompts',
  partition: 0,
  records: 3,
  bytesIn: 300,
  bytesOut: 90,
  outcomes: { clean: 1, redacted: 1, 'could-not-scan': 1 },
  reasons: { deadline: 1 },
  findings: { mrn: 2 },
  incidents: [
    {
      rule: 'strong-identifier',
      facts: { tenant: CANARY, session: CANARY, surface: 'prompt' },
      source: 'agent.prompts/0/7',
    },
  ],
  latenciesMs: Float64Array.of(3, 40, 70_000),
  stagesMs: { pool: 12, turn: 0, build: 1, commit: 4 },
  lagRecords: 9,
  lagMs: 2000,
};

test('a lane that stands still falls behind on the page too, whatever its last commit saw', async () => {
  const lags = [{ topic: 'agent.prompts', partition: 0, records: 20, stillMs: 90_000 }];
  const metrics = new Metrics(() => ({ ...GAUGES, lags }));
  metrics.committed({ ...COMMITTED, lagRecords: 0 });
  const text = await metrics.registry.metrics();
  for (const line of [
    'sluice_lag_records{topic="agent.prompts",partition="0"} 20',
    'sluice_lag_seconds{topic="agent.prompts",partition="0"} 90',
  ]) {
    assert.ok(text.includes(`${line}\n`), line);
  }
});

test('what happened is on the page, in base units', async () => {
  const metrics = new Metrics(() => GAUGES);
  const all = events(metrics);
  all.committed(COMMITTED);
  all.committed(COMMITTED);
  all.packQueued({ ms: 3 });
  all.aborted({ topic: 'agent.prompts', partition: 0, attempt: 1 });
  const text = await metrics.registry.metrics();
  for (const line of [
    'sluice_messages_total{topic="agent.prompts",outcome="clean"} 2',
    'sluice_findings_total{category="mrn"} 4',
    'sluice_withheld_total{reason="deadline"} 2',
    'sluice_incidents_total{rule="strong-identifier"} 2',
    'sluice_transactions_total{result="aborted"} 1',
    'sluice_end_to_end_seconds_bucket{le="0.005"} 2',
    'sluice_end_to_end_seconds_bucket{le="60"} 4',
    'sluice_end_to_end_seconds_bucket{le="+Inf"} 6',
    'sluice_end_to_end_seconds_count 6',
    'sluice_stage_seconds_count{stage="queue"} 1',
    'sluice_stage_seconds_bucket{stage="judge",le="0.01"} 3',
    'sluice_stage_seconds_sum{stage="judge"} 0.007',
    'sluice_stage_seconds_count{stage="pool"} 2',
    'sluice_stage_seconds_count{stage="turn"} 2',
    'sluice_stage_seconds_count{stage="build"} 2',
    'sluice_stage_seconds_count{stage="commit"} 2',
    'sluice_lag_records{topic="agent.prompts",partition="0"} 9',
    'sluice_lag_seconds{topic="agent.prompts",partition="0"} 2',
    'sluice_worker_restarts 3',
    'sluice_worker_records 1234',
    'sluice_paused 1',
  ]) {
    assert.ok(
      text.split('\n').includes(line),
      `${line}\n${text
        .split('\n')
        .filter((one) => one.startsWith(line.slice(0, 20)))
        .join('\n')}`,
    );
  }
  assert.ok(!text.includes(CANARY));
  all.revoked({ partition: 0 });
  assert.ok(!(await metrics.registry.metrics()).includes('sluice_lag_records{'));
});

test('probes: alive while the loop turns, ready while nothing speaks against it', async () => {
  const unready: string[] = ['not joined'];
  const metrics = new Metrics(() => GAUGES);
  const server = await openEndpoint('127.0.0.1', 0, metrics.registry, { unready: () => unready });
  const { port } = server.address() as AddressInfo;
  const get = async (path: string, method = 'GET') => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    return [response.status, await response.text()] as const;
  };
  try {
    assert.deepEqual(await get('/livez'), [200, 'ok\n']);
    assert.deepEqual(await get('/readyz'), [503, 'not joined\n']);
    unready.pop();
    assert.deepEqual(await get('/readyz?verbose'), [200, 'ok\n']);
    assert.equal((await get('/metrics'))[0], 200);
    assert.equal((await get('/other'))[0], 404);
    assert.equal((await get('/livez', 'POST'))[0], 405);
    await assert.rejects(openEndpoint('127.0.0.1', port, metrics.registry, { unready: () => [] }), {
      code: 'SETTING_INVALID',
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('a quantile lies in its bucket', () => {
  const buckets = new Buckets([1, 2, 5, 10]);
  for (let i = 0; i < 98; i++) buckets.observe(1.5);
  buckets.observe(7);
  buckets.observe(7);
  assert.ok(buckets.quantile(0.5) > 1 && buckets.quantile(0.5) <= 2);
  assert.ok(buckets.quantile(0.99) > 5 && buckets.quantile(0.99) <= 10);
  assert.equal(new Buckets([1]).quantile(0.5), 0);
});
