/** `sluice incidents`: what the gate has raised, for people: as it happens, or one incident with all that belongs to it. */
import type { AuditEntry } from '../audit/entry.js';
import type { Incident } from '../pipeline/incident.js';
import type { SessionState } from '../pipeline/state.js';
import { outcomeTopic, type Topics } from '../pipeline/topics.js';
import type { TopicReader } from '../transports/topic-reader.js';
import { HELP, type Options, optionLines, readArguments } from './arguments.js';
import type { Command } from './command.js';
import { EXIT, type Exit } from './exit.js';
import { Failed, usage } from './failure.js';
import { hasColour, type Ink, inkOf } from './ink.js';
import { printable, printableJson } from './printable.js';
import { topicsOf } from './run/gate.js';
import { openReader, READER_OPTIONS, readerSettings } from './run/open-reader.js';

const LAST_DEFAULT = 20;
const LAST_MAX = 100_000;

const OPTIONS = {
  follow: { type: 'boolean', short: 'f', about: 'go on as they happen, until Ctrl-C' },
  last: { type: 'string', short: 'n', value: 'N', about: `how many of the past; ${LAST_DEFAULT}` },
  json: { type: 'boolean', about: 'as they are, one JSON object a line (OCSF 1.8, class 2006)' },
  ...READER_OPTIONS,
  ...HELP,
} as const satisfies Options;

export const command: Command = { help, run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const [what, id, ...rest] = positionals;
  if (rest.length > 0 || !((what === 'tail' && id === undefined) || (what === 'show' && id !== undefined))) {
    throw usage('incidents takes "tail", or "show" and the id of one');
  }
  const settings = readerSettings(values);
  const topics = topicsOf(settings);
  const reader = await openReader(settings);
  const ink = inkOf(hasColour(process.stdout));
  const json = values.json === true;
  try {
    if (what === 'show') await show(reader, topics, id!, json, ink);
    else await tail(reader, topics, wholeOf(values.last), values.follow === true, json, ink);
  } finally {
    await reader.close();
  }
  return EXIT.clean;
}

async function tail(
  reader: TopicReader,
  { incidents }: Topics,
  last: number,
  follow: boolean,
  json: boolean,
  ink: Ink,
): Promise<void> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const print = (incident: Incident): void => {
    process.stdout.write(`${json ? printableJson(incident) : lineOf(incident, ink)}\n`);
  };
  const past: Incident[] = [];
  for await (const { record } of reader.follow(incidents, { follow: false })) {
    past.push(incidentIn(record.value));
    if (past.length > 2 * last) past.splice(0, past.length - last);
  }
  const shown = new Set<string>();
  for (const incident of past.sort((a, b) => a.time - b.time).slice(-last)) {
    shown.add(incident.metadata.uid);
    print(incident);
  }
  if (!follow) return;
  const since = Math.max(0, ...past.map(({ time }) => time));
  for await (const { record } of reader.follow(incidents, { follow: true, stop: stop.signal })) {
    const incident = incidentIn(record.value);
    if (incident.time >= since && !shown.has(incident.metadata.uid)) print(incident);
  }
}

/** By its id, or the beginning of it. */
async function show(reader: TopicReader, topics: Topics, id: string, json: boolean, ink: Ink): Promise<void> {
  const incident = await find(reader, topics.incidents, (value) => {
    const one = value as Incident;
    return one.metadata.uid.startsWith(id) ? one : undefined;
  });
  if (incident === undefined) throw new Failed({ code: 'NOT_FOUND', subject: 'no incident of this id' });
  if (json) {
    process.stdout.write(`${printableJson(incident, 2)}\n`);
    return;
  }
  const { sluice } = incident.unmapped;
  const audit = await find(reader, topics.audit, (value) => {
    const entry = value as AuditEntry;
    return entry.id === sluice.audit ? entry : undefined;
  });
  const session = await lastState(reader, topics.state, incident.metadata.tenant_uid, sluice.session);
  const rows: (readonly [string, string | undefined])[] = [
    ['incident', incident.metadata.uid],
    ['when', new Date(incident.time).toISOString()],
    ['what', incident.message],
    ['severity', incident.severity],
    ['rule', sluice.rule],
    ['done', `${incident.action}, ${incident.disposition}${sluice.reason === undefined ? '' : ` (${sluice.reason})`}`],
    ['found', counts(sluice.findings) || undefined],
    ['tenant', incident.metadata.tenant_uid],
    ['agent', incident.actor?.app_uid],
    ['surface', sluice.surface],
    ['message', sluice.message],
    ['patient', sluice.patient],
    ['recipient', sluice.recipient],
    ['outcome', `${outcomeTopic(topics, sluice.source.topic)}, sluice-source ${sluice.audit}`],
    [
      'audit',
      audit === undefined
        ? 'no entry'
        : `${audit.id}, ${audit.outcome}, plan ${audit.plan.slice(0, 16)}, engine ${audit.engine}`,
    ],
    [
      'session',
      sluice.session === undefined
        ? undefined
        : `${sluice.session}${session === undefined ? '' : `: ${sessionLine(session)}`}`,
    ],
    ['quarantine', sluice.quarantine === undefined ? undefined : `sluice quarantine show ${sluice.audit}`],
    ['same again', sluice.dedup],
  ];
  for (const [name, text] of rows) {
    if (text !== undefined) process.stdout.write(`${ink(name.padEnd(12), 'dim')}${printable(text)}\n`);
  }
}

function sessionLine({ redacted, withheld, incidents, since }: SessionState): string {
  return `${redacted} redacted, ${withheld} withheld, ${incidents} incidents since ${new Date(since).toISOString()}`;
}

async function find<T>(
  reader: TopicReader,
  topic: string,
  match: (value: unknown) => T | undefined,
): Promise<T | undefined> {
  for await (const { record } of reader.follow(topic, { follow: false })) {
    const found = record.value === null ? undefined : match(JSON.parse(record.value.toString()));
    if (found !== undefined) return found;
  }
  return undefined;
}

async function lastState(
  reader: TopicReader,
  topic: string,
  tenant: string,
  session: string | undefined,
): Promise<SessionState | undefined> {
  let last: SessionState | undefined;
  if (session === undefined) return undefined;
  for await (const { record } of reader.follow(topic, { follow: false })) {
    if (record.key?.toString() !== JSON.stringify([tenant, session])) continue;
    last = record.value === null ? undefined : (JSON.parse(record.value.toString()) as SessionState);
  }
  return last;
}

function incidentIn(value: Buffer | null): Incident {
  return JSON.parse(value?.toString() ?? '') as Incident;
}

function lineOf({ time, severity, metadata, actor, unmapped: { sluice } }: Incident, ink: Ink): string {
  const what = counts(sluice.findings) || (sluice.reason ?? '');
  const who = `${metadata.tenant_uid} ${actor?.app_uid ?? ''} ${sluice.session ?? ''}`;
  const look = severity === 'high' || severity === 'critical' ? 'red' : 'yellow';
  const head = `${new Date(time).toISOString()}  ${printable(metadata.uid.slice(0, 8))}`;
  const rest = printable(`${sluice.rule.padEnd(18)} ${who.padEnd(34)} ${what}`);
  return `${head}  ${ink(printable(severity).padEnd(8), look)} ${rest}`.trimEnd();
}

function counts(findings: Readonly<Record<string, number>>): string {
  return Object.entries(findings)
    .map(([category, count]) => `${category} ${count}`)
    .join(', ');
}

function wholeOf(text: string | undefined): number {
  if (text === undefined) return LAST_DEFAULT;
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > LAST_MAX) throw usage(`--last is a whole number from 1 to ${LAST_MAX}`);
  return value;
}

function help(): string {
  return `sluice incidents: what the gate has raised

Usage: sluice incidents tail [options]
       sluice incidents show ID [options]

tail   the last ones, a line each; with --follow, the next ones as they happen
show   one of them, with its session, audit entry, outcome and quarantine; the
       first characters of an id are enough

${optionLines(OPTIONS)}
`;
}
