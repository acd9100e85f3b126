/** `sluice directory show`: one question, answered as the gate's judges are. */
import { CHANNELS, type Channel, type Directory } from '../../directory/directory.js';
import { attachDirectory } from '../../directory/image.js';
import { EXIT, type Exit } from '../exit.js';
import { Failed, usage } from '../failure.js';
import { printable, printableJson } from '../printable.js';
import { askedOf, type DirectoryValues } from './options.js';
import { readDirectory } from './read.js';

interface Question {
  readonly takes: readonly string[];
  ask(directory: Directory, tenant: string, words: readonly string[], now: number): unknown;
}

const QUESTIONS: Readonly<Record<string, Question>> = {
  agent: { takes: ['ID'], ask: (directory, tenant, [id], now) => directory.agent(tenant, id, now) },
  tool: { takes: ['NAME'], ask: (directory, tenant, [name]) => directory.tool(tenant, name) ?? 'unknown' },
  care: {
    takes: ['PROVIDER', 'PATIENT'],
    ask: (directory, tenant, [provider, patient], now) => directory.care(tenant, provider, patient, now),
  },
  consent: {
    takes: ['PATIENT', 'PURPOSE'],
    ask: (directory, tenant, [patient, purpose], now) => directory.consent(tenant, patient, purpose, now),
  },
  address: {
    takes: ['PATIENT', 'CHANNEL', 'ADDRESS'],
    ask: (directory, tenant, [patient, channel, address], now) =>
      directory.standing(tenant, patient, channelOf(channel), address, now),
  },
  recipient: {
    takes: ['CHANNEL', 'ADDRESS'],
    ask: (directory, tenant, [channel, address], now) =>
      directory.verified(tenant, channelOf(channel), address, now) ? 'verified' : 'unverified',
  },
};

export async function show([what = '', ...words]: readonly string[], values: DirectoryValues): Promise<Exit> {
  if (!Object.hasOwn(QUESTIONS, what)) throw usage(`directory show takes one of ${Object.keys(QUESTIONS).join(', ')}`);
  const { takes, ask } = QUESTIONS[what];
  if (words.length !== takes.length) throw usage(`directory show ${what} takes ${takes.join(' and ')}`);
  const asked = askedOf(undefined, values);
  const now = timeOf(values.at);
  const { image } = await readDirectory(asked);
  const answer = ask(attachDirectory(image), asked.tenant, words, now);
  if (values.json === true) process.stdout.write(`${printableJson({ [what]: answer, digest: image.digest }, 2)}\n`);
  else if (typeof answer === 'string') process.stdout.write(`${answer}\n`);
  else for (const [name, value] of Object.entries(answer as object)) process.stdout.write(lineOf(name, value));
  return EXIT.clean;
}

function lineOf(name: string, value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '';
  const text = Array.isArray(value)
    ? value.join(', ')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : said(name, value);
  return `${name.padEnd(12)}${printable(text)}\n`;
}

function said(name: string, value: unknown): string {
  return name === 'expires' ? new Date(Number(value)).toISOString() : String(value);
}

function channelOf(word: string): Channel {
  const channel = CHANNELS.find((one) => one === word);
  if (channel === undefined) throw usage(`CHANNEL is one of ${CHANNELS.join(', ')}`);
  return channel;
}

function timeOf(text: string | undefined): number {
  if (text === undefined) return Date.now();
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new Failed({ code: 'USAGE', subject: '--at is a time with its zone' });
  return time;
}
