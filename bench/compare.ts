/**
 * Sets this tree beside another revision on this machine, in this hour: builds the other in a temporary worktree, runs the
 * bench of each in turn, and compares medians. Absolute figures of different days say little; this ratio says much.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './harness.js';

const ROUNDS = 3;
const RATIO_MIN = 0.85;
const BUNDLE = 'scripts/bundle.mjs';
const HERE = fileURLToPath(new URL('../../', import.meta.url));

/** The exit code: 1 when a speed fell below the bound. */
export function compare(ref: string, bench: string): number {
  const there = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  execFileSync('git', ['worktree', 'add', '--detach', '--force', there, ref], {
    cwd: HERE,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    symlinkSync(join(HERE, 'node_modules'), join(there, 'node_modules'));
    execFileSync('node', ['node_modules/typescript/bin/tsc', '-p', '.'], { cwd: there, stdio: 'inherit' });
    execFileSync('node', ['dist/detectors/lexicon/compile.js'], { cwd: there, stdio: 'ignore' });
    if (existsSync(join(there, BUNDLE))) execFileSync('node', [BUNDLE, 'dist'], { cwd: there, stdio: 'inherit' });
    const ours: Record<string, number>[] = [];
    const theirs: Record<string, number>[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      theirs.push(figuresOf(there, bench));
      ours.push(figuresOf(HERE, bench));
    }
    let worst = Infinity;
    for (const name of Object.keys(ours[0]).filter(
      (figure) => figure.endsWith('_mb_per_cpu_s') && figure in theirs[0],
    )) {
      const ratio = median(ours.map((figures) => figures[name])) / median(theirs.map((figures) => figures[name]));
      worst = Math.min(worst, ratio);
      console.log(`  ${name.padEnd(40)}${ratio.toFixed(3)} of ${ref}`);
    }
    if (worst < RATIO_MIN) console.error(`Slower than ${RATIO_MIN} of ${ref}.`);
    return worst < RATIO_MIN ? 1 : 0;
  } finally {
    execFileSync('git', ['worktree', 'remove', '--force', there], { cwd: HERE });
    rmSync(there, { recursive: true, force: true });
  }
}

function figuresOf(tree: string, bench: string): Record<string, number> {
  const out = join(tree, 'dist', 'bench-figures.json');
  execFileSync('node', ['dist/bench/run.js', bench, '--no-record', '--json', out], { cwd: tree, stdio: 'ignore' });
  return JSON.parse(readFileSync(out, 'utf8'));
}
