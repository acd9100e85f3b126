/**
 * `sluice demo`: six invented messages go through the gate, one after the other, as a person would watch it. What it
 * prints is the same every time, except for the speed.
 */
import { createEngine, type Engine } from '../engine/engine.js';
import type { Finding } from '../engine/finding.js';
import { HELP, type Options, optionLines, readArguments } from './arguments.js';
import type { Command } from './command.js';
import { CONVERSATIONS, type Message } from './demo/conversations.js';
import { EXIT, type Exit } from './exit.js';
import { usage } from './failure.js';
import { hasColour, type Ink, inkLabels, inkOf, lookOf } from './ink.js';
import type { Counts } from './scan/job.js';
import { bars, plural } from './scan/report.js';
import { wrap } from './wrap.js';

const WIDTH = 80;
const WIDTH_MAX = 100;
const MEASURE_MS = 200;
/** Ages and dates are judged as of this day, so that the demo does not change with the calendar. */
const TODAY = new Date('2026-01-15');

const NEXT = [
  ["echo 'MRN: 00482913' | sluice scan", 'redact what comes through a pipe'],
  ['sluice scan --findings FOLDER', 'see where things stand in your files'],
  ['sluice scan --help', 'all of it; README.md has more'],
];

const OPTIONS = { ...HELP } as const satisfies Options;

export const command: Command = {
  help: () => `sluice demo: six invented conversations go through the gate

Usage: sluice demo

${optionLines(OPTIONS)}
`,
  run,
};

async function run(args: readonly string[]): Promise<Exit> {
  if (readArguments(args, OPTIONS).positionals.length > 0) throw usage('demo takes no files: see sluice scan');
  const colour = hasColour(process.stdout);
  const ink = inkOf(colour);
  const width = Math.min(process.stdout.columns ?? WIDTH, WIDTH_MAX);
  const engine = createEngine({ now: () => TODAY });
  const counts: Counts = {};
  const lines = [
    '',
    ...wrap('Sluice: the gate between AI agents and patients’ data', width).map((line) => ink(line, 'bold')),
    ...wrap(
      'Six messages on their way, all invented. Each is shown as it leaves the gate, with what was taken out.',
      width,
    ),
  ];
  CONVERSATIONS.forEach((message, index) => {
    const { content, findings } = engine.redact(message.content);
    for (const { category } of findings) counts[category] = (counts[category] ?? 0) + 1;
    lines.push('', ...heading(ink, message, index, width), '');
    lines.push(...wrap(content, width, '  ').map((line) => inkLabels(ink, line)), '');
    lines.push(...(findings.length === 0 ? [ink('  nothing found', 'dim')] : table(ink, findings, width)));
  });
  lines.push('', ...closing(ink, engine, counts, colour, width), '');
  process.stdout.write(`${lines.join('\n')}\n`);
  return EXIT.clean;
}

function heading(ink: Ink, { speaker, surface, title }: Message, index: number, width: number): string[] {
  const who = wrap(`${index + 1}/${CONVERSATIONS.length} ${speaker} · ${surface}`, width);
  const rule = '─'.repeat(Math.max(0, width - (who.at(-1)?.length ?? 0) - 1));
  const lines = who.map(
    (line, i) => ink(line, 'bold') + (i === who.length - 1 && rule !== '' ? ` ${ink(rule, 'dim')}` : ''),
  );
  return [...lines, ...wrap(title, width).map((line) => ink(line, 'dim'))];
}

/** One line for each category, kind and rule; on a narrow terminal the rule gives way, then the kind. */
function table(ink: Ink, findings: readonly Finding[], width: number): string[] {
  const rows = new Map<string, { finding: Finding; count: number }>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.kind} ${finding.confidence}`;
    const row = rows.get(key);
    if (row === undefined) rows.set(key, { finding, count: 1 });
    else row.count++;
  }
  return [...rows.values()].map(({ finding: { category, kind, rule, confidence }, count }) => {
    const times = count === 1 ? '' : ` ×${count}`;
    const sure = `${Math.round(confidence * 100)} %`.padStart(5);
    const detail = width < 60 ? '' : `  ${rule.padEnd(24)}`;
    const sort = width < 40 ? '' : ` ${kind.padEnd(12)}`;
    return `  ${ink('▪', lookOf(category))} ${category.padEnd(12)}${sort}${ink(`${detail}${sure}`, 'dim')}${times}`;
  });
}

function closing(ink: Ink, engine: Engine, counts: Counts, colour: boolean, width: number): string[] {
  const found = Object.values(counts).reduce((total, count) => total + count, 0);
  const head = `${plural(CONVERSATIONS.length, 'message')}, ${plural(found, 'identifier')} taken out`;
  return [
    ink('─'.repeat(width), 'dim'),
    ...wrap(head, width).map((line) => ink(line, 'bold')),
    bars(counts, colour, width).trimEnd(),
    '',
    ...wrap(
      `${speedOf(engine).toFixed(1)} MB/s on one thread of this machine, over these messages again and again.`,
      width,
    ),
    '',
    'Next:',
    ...NEXT.flatMap(([line, about]) =>
      width < 76 ? wrap(line, width, '  ') : [`  ${line.padEnd(38)}${ink(about, 'dim')}`],
    ),
  ];
}

/** Short messages, findings and splicing included: what an agent's traffic costs, not a best case. */
function speedOf(engine: Engine): number {
  const bytes = CONVERSATIONS.reduce((total, { content }) => total + Buffer.byteLength(content), 0);
  const pass = (): void => CONVERSATIONS.forEach(({ content }) => void engine.redact(content));
  const measure = (): number => {
    const begun = performance.now();
    let passes = 0;
    for (; performance.now() - begun < MEASURE_MS; passes++) pass();
    return (passes * bytes) / 1e3 / (performance.now() - begun);
  };
  measure();
  return measure();
}
