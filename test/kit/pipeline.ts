/** A whole pipeline within the test's process, with an inline pool; what a test wants otherwise it says. */
import { Pipeline, type PipelineOptions } from '../../src/pipeline/pipeline.js';
import { Quarantine } from '../../src/pipeline/quarantine.js';
import { TOPICS } from '../../src/pipeline/topics.js';
import { inlinePool } from '../../src/pool/inline.js';
import { events } from '../../src/telemetry/events.js';
import { KEY, PLAN } from './tasks.js';

export function testPipeline(options: Partial<PipelineOptions> = {}): Pipeline {
  const { plan = PLAN } = options;
  return new Pipeline({
    plan,
    topics: TOPICS,
    pool: inlinePool(plan),
    quarantine: new Quarantine(KEY),
    events: events(),
    clock: Date.now,
    recordBytesMax: 1_000_000,
    quarantineShareMax: 1,
    ...options,
  });
}
