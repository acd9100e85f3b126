/** What the accuracy report says: figures of the engine at its operating points and without its parts, measured on our own corpus. */
import { CATEGORIES } from '../../detectors/contract.js';
import { generate, generateCases } from '../../fixtures/corpus/index.js';
import { OPERATING_POINTS, type OperatingPoint, PROFILES } from '../../src/engine/profile.js';
import { createEngine, type Finding } from '../../src/index.js';
import { type Figures, type Labelled, Score } from '../score.js';

const SEED = 20260115;
const NOW = new Date('2026-01-15');
const DOCUMENTS = 600;
const CASES = 300;
/** Of misses and of false alarms, the first so many are shown. */
const SHOWN_MAX = 40;
const AROUND_UNITS = 60;
const BINS = 10;
const SPEED_ROUNDS = 3;

export interface Row extends Pick<Figures, 'charRecall' | 'charPrecision' | 'spanRecall' | 'falseTokensPerThousand'> {
  readonly name: string;
  readonly documents: number;
  /** Share of documents in which no identifier is missed, not even in part. */
  readonly nothingLeaks: number;
  /** Nanoseconds of CPU a byte; warm. */
  readonly nsPerByte: number;
}

export interface Example {
  readonly what: 'missed' | 'false alarm';
  readonly category: string;
  readonly rule: string;
  readonly before: string;
  readonly text: string;
  readonly after: string;
}

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly findings: number;
  /** Share of them that are identifiers. */
  readonly right: number;
}

export interface Report {
  readonly points: readonly Row[];
  readonly ablations: readonly Row[];
  readonly styles: readonly Row[];
  readonly categories: Figures['categories'];
  /** Share of covered identifier characters that carry the right category. */
  readonly categoryRight: number;
  readonly reliability: readonly Bin[];
  readonly examples: readonly Example[];
}

const BALANCED = OPERATING_POINTS.balanced;
const STRICT = OPERATING_POINTS.strict;
/** What each part is worth: the same engine without it. */
const ABLATIONS: Readonly<Record<string, OperatingPoint>> = {
  'balanced, no trained model': { ...BALANCED, decide: Number.POSITIVE_INFINITY },
  'balanced, no document pass': { ...BALANCED, echo: false },
};

/** Everything is measured on the held-out half; what is quoted comes from the open one. */
export function measureReport(): Report {
  const documents: readonly Labelled[] = [...generate({ seed: SEED, count: DOCUMENTS, half: 'held-out' })];
  const cases = CATEGORIES.flatMap((category) => [
    ...generateCases(category, { seed: SEED, count: CASES, half: 'held-out' }),
  ]);
  const score = new Score();
  const engine = engineAt(BALANCED);
  for (const one of cases) score.add(one, engine.scan(one.text).findings);
  const points = PROFILES.map((profile) => rowOf(profile, OPERATING_POINTS[profile], documents));
  const without = Object.entries(ABLATIONS).map(([name, point]) => rowOf(name, point, documents));
  return {
    points,
    ablations: [...points.filter(({ name }) => name === 'balanced'), ...without],
    styles: [...new Set(documents.map(styleOf))].sort().map((style) =>
      rowOf(
        style,
        BALANCED,
        documents.filter((one) => styleOf(one) === style),
      ),
    ),
    categories: score.figures().categories,
    categoryRight: categoryRight([...documents, ...cases]),
    reliability: reliability([...documents, ...cases]),
    examples: examples([...generate({ seed: SEED + 1, count: DOCUMENTS, half: 'open' })]),
  };
}

function engineAt(profile: OperatingPoint) {
  return createEngine({ profile, now: () => NOW });
}

/** `query-20260115-17` is in the style `query`. */
function styleOf({ id }: Labelled): string {
  return String(id).replace(/-\d+-\d+$/, '');
}

function rowOf(name: string, point: OperatingPoint, documents: readonly Labelled[]): Row {
  const engine = engineAt(point);
  const score = new Score();
  let whole = 0;
  for (const document of documents) {
    const from = score.hits.length;
    score.add(document, engine.scan(document.text).findings);
    if (!score.hits.slice(from).includes(false)) whole++;
  }
  const { charRecall, charPrecision, spanRecall, falseTokensPerThousand } = score.figures();
  return {
    name,
    documents: documents.length,
    charRecall,
    charPrecision,
    spanRecall,
    falseTokensPerThousand,
    nothingLeaks: whole / documents.length,
    nsPerByte: nsPerByte(engine, documents),
  };
}

function nsPerByte(engine: ReturnType<typeof createEngine>, documents: readonly Labelled[]): number {
  const bytes = documents.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < SPEED_ROUNDS; round++) {
    const before = process.cpuUsage();
    for (const { text } of documents) engine.redact(text);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, ((user + system) * 1000) / bytes);
  }
  return best;
}

function categoryRight(documents: readonly Labelled[]): number {
  const engine = engineAt(BALANCED);
  let covered = 0;
  let right = 0;
  for (const { text, spans } of documents) {
    const gold: (string | undefined)[] = [];
    for (const { start, end, category } of spans) for (let i = start; i < end; i++) gold[i] = category;
    for (const { start, end, category } of engine.scan(text).findings)
      for (let i = start; i < end; i++) {
        if (gold[i] === undefined) continue;
        covered++;
        if (gold[i] === category) right++;
      }
  }
  return right / covered;
}

/** How often findings of a confidence are right: of all that its detectors would report at any confidence. */
function reliability(documents: readonly Labelled[]): Bin[] {
  const engine = engineAt({ ...STRICT, confidenceMin: 0 });
  const counts = Array.from({ length: BINS }, () => ({ findings: 0, right: 0 }));
  for (const { text, spans } of documents)
    for (const { start, end, confidence } of engine.scan(text).findings) {
      const bin = counts[Math.min(BINS - 1, Math.floor(confidence * BINS))];
      bin.findings++;
      if (spans.some((span) => span.start < end && span.end > start)) bin.right++;
    }
  return counts.map(({ findings, right }, n) => ({
    from: n / BINS,
    to: (n + 1) / BINS,
    findings,
    right: findings === 0 ? 0 : right / findings,
  }));
}

function examples(documents: readonly Labelled[]): Example[] {
  const engine = engineAt(BALANCED);
  const missed: Example[] = [];
  const wrong: Example[] = [];
  const around = (text: string, start: number, end: number) => ({
    before: text.slice(Math.max(0, start - AROUND_UNITS), start),
    text: text.slice(start, end),
    after: text.slice(end, end + AROUND_UNITS),
  });
  for (const { text, spans, neutral = [] } of documents) {
    const { findings } = engine.scan(text);
    const meets = (one: { start: number; end: number }, all: readonly { start: number; end: number }[]): boolean =>
      all.some((other) => other.start < one.end && other.end > one.start);
    for (const span of spans)
      if (!meets(span, findings))
        missed.push({ what: 'missed', category: span.category, rule: '', ...around(text, span.start, span.end) });
    for (const finding of findings)
      if (!meets(finding, spans) && !meets(finding, neutral))
        wrong.push({ what: 'false alarm', ...quoted(finding, text) });
  }
  return [...missed.slice(0, SHOWN_MAX), ...wrong.slice(0, SHOWN_MAX)];

  function quoted({ start, end, category, rule }: Finding, text: string): Omit<Example, 'what'> {
    return { category, rule, ...around(text, start, end) };
  }
}
