/** What a person sees of a running gate: numbers, categories, incidents as they happen, and the last message that was redacted. */
import { CATEGORIES, type Category } from '../../../detectors/contract.js';
import { Buckets } from '../../telemetry/buckets.js';
import type { Committed, Events } from '../../telemetry/events.js';
import type { Reason } from '../../verdict.js';
import { type Ink, inkLabels, lookOf } from '../ink.js';
import { printable } from '../printable.js';
import { wrap } from '../wrap.js';

const INCIDENTS_SHOWN = 8;
const BAR_WIDTH = 30;
const MESSAGE_LINES = 3;
const RATE_WINDOW_MS = 3_000;
const LATENCY_MS = [1, 2, 5, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200, 300, 500, 1000, 2000, 5000, 10_000];

interface Shown {
  readonly time: number;
  readonly rule: string;
  readonly agent: string;
  readonly session: string;
  readonly what: string;
}

export class View implements Partial<Events> {
  records = 0;
  incidents = 0;
  private bytes = 0;
  private readonly outcomes = new Map<string, number>();
  private readonly findings = new Map<Category, number>();
  private readonly reasons = new Map<string, number>();
  private readonly latest: Shown[] = [];
  private readonly latency = new Buckets(LATENCY_MS);
  private readonly recent: { at: number; records: number; bytes: number }[] = [];
  private readonly lag = new Map<string, number>();
  private restarts = 0;
  private last = '';

  constructor(private readonly begun: number) {}

  committed(event: Committed): void {
    this.records += event.records;
    this.bytes += event.bytesIn;
    this.recent.push({ at: Date.now(), records: event.records, bytes: event.bytesIn });
    tally(this.outcomes, event.outcomes);
    tally(this.findings, event.findings);
    tally(this.reasons, event.reasons);
    for (const ms of event.latenciesMs) this.latency.observe(ms);
    this.lag.set(`${event.topic}/${event.partition}`, event.lagRecords);
    this.incidents += event.incidents.length;
    for (const { rule, facts } of event.incidents.slice(-INCIDENTS_SHOWN)) {
      const what = Object.entries(facts.findings ?? {}).map(([category, count]) => `${category} ${count}`);
      this.latest.unshift({
        time: Date.now(),
        rule,
        agent: facts.agent ?? '',
        session: facts.session ?? '',
        what: what.join(', ') || 'kept in quarantine',
      });
    }
    this.latest.length = Math.min(this.latest.length, INCIDENTS_SHOWN);
  }

  packFailed(_: { readonly reason: Reason }): void {
    this.restarts++;
  }

  /** The content of a redacted message, for the last lines of the view. */
  show(text: string): void {
    this.last = text;
  }

  lines(ink: Ink, width: number, now: number): string[] {
    const rule = ink('─'.repeat(width), 'dim');
    const lines = [...this.numbers(ink, now), rule, ...this.bars(ink, width), rule, ...this.incidentLines(ink, width)];
    if (this.last !== '') {
      lines.push(rule, ink('The last message that left with something taken out', 'dim'));
      const text = wrap(printable(this.last.replaceAll(/\s+/g, ' ')), width, '  ');
      lines.push(...text.slice(0, MESSAGE_LINES).map((line) => inkLabels(ink, line)));
    }
    return lines;
  }

  numbers(ink: Ink, now: number): string[] {
    while (this.recent.length > 0 && now - this.recent[0].at > RATE_WINDOW_MS) this.recent.shift();
    const seconds = Math.max(0.5, Math.min(RATE_WINDOW_MS, now - this.begun) / 1000);
    const rate = this.recent.reduce((sum, { records }) => sum + records, 0) / seconds;
    const speed = this.recent.reduce((sum, { bytes }) => sum + bytes, 0) / seconds / 1e6;
    const lag = [...this.lag.values()].reduce((sum, one) => sum + one, 0);
    const of = (name: string): string => figure(this.outcomes.get(name) ?? 0);
    const p = (share: number): string => `${Math.round(this.latency.quantile(share))} ms`;
    const withheld = [...this.reasons].map(([reason, count]) => `${reason} ${count}`).join(', ');
    return [
      `${ink(`${figure(this.records)} messages`, 'bold')}   ${figure(rate)}/s   ${speed.toFixed(2)} MB/s   latency p50 ${p(0.5)}, p99 ${p(0.99)}   lag ${figure(lag)}`,
      [
        ink(`clean ${of('clean')}`, 'green'),
        ink(`redacted ${of('redacted')}`, 'yellow'),
        ink(`could not scan ${of('could-not-scan')}`, 'red') + (withheld === '' ? '' : ink(` (${withheld})`, 'dim')),
        ink(`incidents ${figure(this.incidents)}`, 'magenta'),
        ...(this.restarts > 0 ? [`restarts ${this.restarts}`] : []),
      ].join('   '),
    ];
  }

  private bars(ink: Ink, width: number): string[] {
    const counted = CATEGORIES.filter((category) => this.findings.has(category));
    const most = Math.max(1, ...this.findings.values());
    const full = Math.min(BAR_WIDTH, Math.max(4, width - 30));
    if (counted.length === 0) return [ink('nothing taken out yet', 'dim')];
    return counted.map((category) => {
      const count = this.findings.get(category) ?? 0;
      const bar = '█'.repeat(Math.max(1, Math.round((count / most) * full)));
      return `${category.padEnd(12)} ${ink(bar.padEnd(full), lookOf(category))} ${figure(count).padStart(9)}`;
    });
  }

  private incidentLines(ink: Ink, width: number): string[] {
    if (this.latest.length === 0) return [ink('no incident yet', 'dim')];
    return this.latest.map(({ time, rule, agent, session, what }) => {
      const clock = new Date(time).toISOString().slice(11, 19);
      const line = printable(`${clock}  ${rule.padEnd(18)} ${agent.padEnd(11)} ${session.padEnd(19)} ${what}`);
      const cut = line.length > width ? `${line.slice(0, width - 1)}…` : line;
      return ink(cut, rule === 'could-not-scan' ? 'red' : 'magenta');
    });
  }
}

function tally<K extends string>(into: Map<K, number>, counts: Readonly<Partial<Record<string, number>>>): void {
  for (const [name, count] of Object.entries(counts)) into.set(name as K, (into.get(name as K) ?? 0) + (count ?? 0));
}

/** 12,345 */
export function figure(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}
