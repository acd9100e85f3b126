/** The directory at the size of a hospital network: how long a million care relationships take to load, and what they weigh. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROVIDERS, writeCare } from './directory-rows.js';
import { type Bench, print } from './harness.js';

const ROWS = 1_000_000;
const ROUNDS = 3;
const LOAD_S_MAX = 5;
const PEAK_MB_MAX = 120;

interface Probe {
  readonly loadS: number;
  readonly cpuS: number;
  readonly peakMb: number;
  readonly factsMb: number;
  readonly rssMb: number;
  readonly attachMs: number;
  readonly questionNs: number;
}

export const directory: Bench = {
  name: 'directory',
  about: `${ROWS.toLocaleString('en')} care relationships from JSON lines, best of ${ROUNDS} fresh processes`,
  run() {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-directory-'));
    try {
      const bytes = writeCare(join(folder, 'care.jsonl'), ROWS);
      const providers = Array.from({ length: PROVIDERS }, (_, i) => `{"kind":"provider","id":"dr-${i}"}\n`);
      writeFileSync(join(folder, 'providers.jsonl'), providers.join(''));
      const probe = fileURLToPath(new URL('./directory-probe.js', import.meta.url));
      const rounds = Array.from(
        { length: ROUNDS },
        () => JSON.parse(execFileSync(process.execPath, [probe, folder, String(ROWS)], { encoding: 'utf8' })) as Probe,
      );
      const best = (of: keyof Probe): number => Math.min(...rounds.map((round) => round[of]));
      const peak = Math.max(...rounds.map(({ peakMb }) => peakMb));
      print('file', bytes / 1e6, 'MB');
      print('load', best('loadS'), 's', `at most ${LOAD_S_MAX}`);
      print('load, CPU', best('cpuS'), 's');
      print('memory while loading', peak, 'MB', `at most ${PEAK_MB_MAX}; the worst round`);
      print('facts in shared memory', best('factsMb'), 'MB');
      print('attached by a thread', best('attachMs'), 'ms');
      print('one question about care', best('questionNs'), 'ns');
      return {
        directory_load_s: best('loadS'),
        directory_load_cpu_s: best('cpuS'),
        directory_peak_mb: peak,
        directory_facts_mb: best('factsMb'),
        directory_process_mb: best('rssMb'),
        directory_attach_ms: best('attachMs'),
        directory_question_ns: best('questionNs'),
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
