/**
 * `npm run accuracy`: recall and precision per category on our own corpus, both halves apart, against a stored baseline
 * (a finding that was made before and is not made now is red); `npm run accuracy -- FILES` measures labelled files, and
 * `npm run accuracy -- --report` writes the page and the figures under bench/report.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CATEGORIES } from '../detectors/contract.js';
import { generate, generateCases } from '../fixtures/corpus/index.js';
import { createEngine } from '../src/index.js';
import { record } from './harness.js';
import { readLabelled } from './labelled.js';
import { writeReport } from './report/write.js';
import { type Figures, type Labelled, Score } from './score.js';

/** Enough of each category that a thirtieth missed is seen: 300 independent cases, and documents in every style. */
const CASES = 300;
const DOCUMENTS = 600;
const SEED = 20260115;
const BASELINE = fileURLToPath(new URL('../../bench/records/accuracy-baseline.json', import.meta.url));

interface Baseline {
  readonly [set: string]: { readonly corpus: string; readonly hits: string };
}

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    report: { type: 'boolean', default: false },
    'save-baseline': { type: 'boolean', default: false },
    'no-record': { type: 'boolean', default: false },
  },
});

const engine = createEngine({ now: () => new Date('2026-01-15') });
const report: Record<string, Figures> = {};
let lost = 0;

if (options.report) {
  console.log(`written: ${writeReport()}`);
} else if (files.length > 0) {
  for (const file of files) measure(file, readLabelled(file));
} else {
  const before: Baseline = existsSync(BASELINE) ? JSON.parse(readFileSync(BASELINE, 'utf8')) : {};
  const after: Record<string, { corpus: string; hits: string }> = {};
  for (const half of ['open', 'held-out'] as const) {
    const sets: [string, Labelled[]][] = [
      [`${half}: documents of all styles`, [...generate({ seed: SEED, count: DOCUMENTS, half })]],
    ];
    sets.push([
      `${half}: ${CASES} cases of each category`,
      CATEGORIES.flatMap((category) => [...generateCases(category, { seed: SEED, count: CASES, half })]),
    ]);
    for (const [name, documents] of sets) {
      const score = measure(name, documents);
      after[name] = { corpus: digest(documents), hits: pack(score.hits) };
      lost += compare(before[name], after[name], score.hits);
    }
  }
  if (!options['no-record']) record('accuracy', flat(report));
  if (options['save-baseline']) writeFileSync(BASELINE, `${JSON.stringify(after, null, 1)}\n`);
}
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
if (lost > 0 && !options['save-baseline']) process.exitCode = 1;

function measure(name: string, documents: readonly Labelled[]): Score {
  const score = new Score();
  for (const document of documents) score.add(document, engine.scan(document.text).findings);
  report[name] = score.figures();
  show(name, report[name]);
  return score;
}

function show(name: string, figures: Figures): void {
  const cell = (value: number | null, width = 9) => (value === null ? '–' : value.toFixed(3)).padStart(width);
  console.log(`\n${name}: ${figures.documents} texts, ${figures.spans} identifiers`);
  console.log(
    `  characters: recall ${cell(figures.charRecall, 0)}, precision ${cell(figures.charPrecision, 0)}; whole identifiers ${cell(figures.spanRecall, 0)}; false tokens per 1,000: ${figures.falseTokensPerThousand.toFixed(2)}`,
  );
  console.log(
    `  ${'category'.padEnd(12)}${'cases'.padStart(7)}${'recall'.padStart(9)}${'whole'.padStart(9)}${'precision'.padStart(11)}`,
  );
  for (const [category, row] of Object.entries(figures.categories))
    console.log(
      `  ${category.padEnd(12)}${String(row.spans).padStart(7)}${cell(row.charRecall)}${cell(row.spanRecall)}${cell(row.charPrecision, 11)}`,
    );
}

/** How many findings of the baseline are lost; says so when the corpus itself has changed and nothing can be said. */
function compare(before: Baseline[string] | undefined, after: Baseline[string], hits: readonly boolean[]): number {
  if (before === undefined || before.corpus !== after.corpus) {
    console.log(
      `  baseline: ${before === undefined ? 'none' : 'of another corpus'}; store this one with --save-baseline`,
    );
    return 0;
  }
  const then = unpack(before.hits, hits.length);
  const gone = then.filter((hit, i) => hit && !hits[i]).length;
  const gained = hits.filter((hit, i) => hit && !then[i]).length;
  console.log(`  baseline: ${gone} lost, ${gained} gained`);
  return gone;
}

/** One number a figure, for the history. */
function flat(figures: Record<string, Figures>): Record<string, number> {
  const all: Record<string, number> = {};
  for (const [set, { charRecall, charPrecision, falseTokensPerThousand, categories }] of Object.entries(figures)) {
    const name = set.replace(/\W+/g, '_');
    all[`${name}_recall`] = charRecall ?? 0;
    all[`${name}_precision`] = charPrecision ?? 0;
    all[`${name}_false_tokens_per_1000`] = falseTokensPerThousand;
    for (const [category, row] of Object.entries(categories)) all[`${name}_${category}_recall`] = row.charRecall ?? 0;
  }
  return all;
}

function digest(documents: readonly Labelled[]): string {
  const hash = createHash('sha256');
  for (const { text, spans } of documents)
    hash.update(text).update(JSON.stringify(spans.map(({ start, end }) => [start, end])));
  return hash.digest('hex').slice(0, 16);
}

function pack(hits: readonly boolean[]): string {
  const bytes = new Uint8Array(Math.ceil(hits.length / 8));
  hits.forEach((hit, i) => {
    if (hit) bytes[i >> 3] |= 1 << (i & 7);
  });
  return Buffer.from(bytes).toString('base64');
}

function unpack(packed: string, length: number): boolean[] {
  const bytes = Buffer.from(packed, 'base64');
  return Array.from({ length }, (_, i) => (bytes[i >> 3] & (1 << (i & 7))) !== 0);
}
