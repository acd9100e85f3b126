/**
 * `sluice run --demo`: the real gate on the real journal, with invented traffic, as a person would watch it. On a terminal
 * it goes on until Ctrl-C; elsewhere it runs for a few seconds and prints how it stands at the end.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeTopic } from '../../pipeline/topics.js';
import type { Settings } from '../../settings.js';
import { events } from '../../telemetry/events.js';
import { followTopic } from '../../transports/journal-reader.js';
import { EXIT, type Exit } from '../exit.js';
import { usage } from '../failure.js';
import { hasColour, inkOf } from '../ink.js';
import { wrap } from '../wrap.js';
import { type Gate, openGate } from './gate.js';
import type { RunValues } from './options.js';
import { send } from './traffic.js';
import { View } from './view.js';

const FOLDER = '.sluice/demo';
const MESSAGES_PER_SECOND = 200;
const SECONDS_OFF_TERMINAL = 5;
const FRAME_MS = 200;
const WIDTH = 80;
const WIDTH_MAX = 110;
/** A screen of its own, without a cursor; what stood there before comes back afterwards. */
const SCREEN_ON = '\x1b[?1049h\x1b[?25l';
const SCREEN_OFF = '\x1b[?25h\x1b[?1049l';
const MARKER = 'commits.ndjson';

export async function runDemo(settings: Settings, values: RunValues): Promise<Exit> {
  const seconds = secondsOf(values.seconds);
  const journal = values.journal ?? FOLDER;
  if (values.journal === undefined) empty(journal);
  const view = new View(Date.now());
  const gate = await openGate({ ...settings, journal }, events(view));
  const stop = new AbortController();
  const end = (): void => stop.abort();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  const live = process.stdout.isTTY === true;
  const limit = seconds ?? (live ? undefined : SECONDS_OFF_TERMINAL);
  const timer = limit === undefined ? undefined : setTimeout(end, limit * 1000);
  const frame = live ? setInterval(() => draw(view), FRAME_MS) : undefined;
  if (live) process.stdout.write(SCREEN_ON);
  try {
    const sending = send(journal, MESSAGES_PER_SECOND, stop.signal);
    const showing = watchRedacted(gate, journal, view, stop.signal);
    await gate.run(stop.signal);
    await Promise.all([sending, showing]);
  } finally {
    clearTimeout(timer);
    clearInterval(frame);
    if (live) process.stdout.write(SCREEN_OFF);
  }
  process.stdout.write(`${page(view).join('\n')}\n`);
  process.stdout.write(closing(journal));
  return EXIT.clean;
}

function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,5}$/.test(text) || Number(text) === 0) throw usage('--seconds takes a whole number above 0');
  return Number(text);
}

/** What an earlier demo has left, and nothing else. */
function empty(folder: string): void {
  if (!existsSync(folder)) return;
  if (readdirSync(folder).length > 0 && !existsSync(join(folder, MARKER))) throw usage(`${FOLDER} holds other files`);
  rmSync(folder, { recursive: true });
}

async function watchRedacted(gate: Gate, folder: string, view: View, stop: AbortSignal): Promise<void> {
  const inputs = Object.keys(gate.topics.inputs);
  await Promise.all(
    inputs.map(async (input) => {
      for await (const { record } of followTopic(folder, outcomeTopic(gate.topics, input), { follow: true, stop })) {
        const action = record.headers.find(([name]) => name === 'sluice-action')?.[1]?.toString();
        if (action !== 'redacted' || record.value === null) continue;
        const { content } = JSON.parse(record.value.toString()) as { content: unknown };
        view.show(typeof content === 'string' ? content : JSON.stringify(content));
      }
    }),
  );
}

function page(view: View): string[] {
  const ink = inkOf(hasColour(process.stdout));
  const width = Math.min(process.stdout.columns ?? WIDTH, WIDTH_MAX);
  const about = 'Invented traffic of six agents, through the embedded journal. Nobody in it exists.';
  return [
    ink('Sluice: the gate between AI agents and patients’ data', 'bold'),
    ...wrap(about, width).map((line) => ink(line, 'dim')),
    '',
    ...view.lines(ink, width, Date.now()),
  ];
}

function draw(view: View): void {
  const rows = process.stdout.rows ?? 40;
  const lines = page(view).slice(0, rows - 3);
  process.stdout.write(`\x1b[H${lines.map((line) => `${line}\x1b[K`).join('\n')}\n\x1b[J\nCtrl-C ends`);
}

function closing(journal: string): string {
  const flag = journal === '.sluice/journal' ? '' : ` --journal ${journal}`;
  return `
Next:
  sluice incidents tail${flag}
  sluice quarantine list${flag}
  tail -f ${join(journal, 'agent.prompts.redacted', '0.ndjson')}
  sluice run --help
`;
}
