/**
 * Settings from four places: a flag wins over the environment, that over the file, that over the default. A value is never
 * repeated in an error; a secret may stand in a file of its own, named by `SLUICE_KEY_FILE` or `keyFile`.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { SluiceError } from '../../errors.js';
import { SECRETS, type Settings, settingsSchema } from '../../settings.js';
import { Failed } from '../failure.js';

const PREFIX = 'SLUICE_';
const FILE_SUFFIX = '_FILE';
/** Variables that are not settings of this command. */
const OTHERS = /^SLUICE_(TEST_|CONFIG$)/;
const DEFAULT_FILE = 'sluice.yaml';

type Tree = { [name: string]: unknown };

export interface Places {
  /** By path, as `sasl.username`. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The file that was asked for; without one, `sluice.yaml` is read if it is there. */
  readonly file: string | undefined;
}

export function readSettings({ flags, env, file }: Places): Settings {
  const tree: Tree = {};
  for (const source of [fromFile(file ?? env.SLUICE_CONFIG), fromEnvironment(env), nested(flags)]) merge(tree, source);
  readSecretFiles(tree);
  const result = settingsSchema.safeParse(tree);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    // The name of a key may be a value in the wrong place: only what looks like a name is repeated.
    const names = issue.keys.filter((key) => /^[A-Za-z]{1,40}$/.test(key));
    throw new SluiceError('SETTING_UNKNOWN', {
      subject: [path, names.join(', ')].filter((part) => part !== '').join(': '),
    });
  }
  throw new SluiceError('SETTING_INVALID', { subject: path });
}

function fromFile(file: string | undefined): Tree {
  let text: string;
  try {
    text = readFileSync(file ?? DEFAULT_FILE, 'utf8');
  } catch (error) {
    if (file === undefined && (error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Failed({ code: 'FILE_UNREADABLE', subject: 'the settings file' });
  }
  try {
    const tree: unknown = parse(text, { maxAliasCount: 0, uniqueKeys: true }) ?? {};
    if (isTree(tree)) return tree;
  } catch {
    // The parser's message quotes the file.
  }
  throw new SluiceError('SETTING_INVALID', { subject: 'the settings file is not a YAML mapping' });
}

/** `SLUICE_SASL__USERNAME` is `sasl.username`; `SLUICE_MESSAGE_BYTES_MAX` is `messageBytesMax`. */
function fromEnvironment(env: Places['env']): Tree {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith(PREFIX) || OTHERS.test(name) || value === undefined) continue;
    const secret = SECRETS.find((path) => `${PREFIX}${envName(path)}${FILE_SUFFIX}` === name);
    const path = secret === undefined ? pathOf(name) : `${secret}File`;
    values[path] = secret === undefined ? typed(path, value) : value;
  }
  return nested(values);
}

function envName(path: string): string {
  return path.replaceAll('.', '__').replace(/[A-Z]/g, '_$&').toUpperCase();
}

function pathOf(name: string): string {
  return name
    .slice(PREFIX.length)
    .toLowerCase()
    .split('__')
    .map((part) => part.replace(/_([a-z0-9])/g, (_, sign: string) => sign.toUpperCase()))
    .join('.');
}

/** A text as the schema wants it: a list by commas, numbers and truth by their form. Secrets and names stay text. */
export function typed(path: string, text: string): unknown {
  if (LISTS.has(path)) return text.split(',').map((part) => part.trim());
  if (SECRETS.includes(path)) return text;
  if (/^(true|false)$/.test(text)) return text === 'true';
  return NUMBERS.has(path) && /^\d{1,12}(\.\d{1,6})?$/.test(text) ? Number(text) : text;
}

const LISTS = new Set(['brokers', 'acceptGap', 'without']);

const NUMBERS = new Set([
  'partitions',
  'threads',
  'deadlineMs',
  'sessionMs',
  'messageBytesMax',
  'recordBytesMax',
  'quarantineShareMax',
  'rssMbMax',
  'metricsPort',
]);

function readSecretFiles(tree: Tree): void {
  for (const path of SECRETS) {
    const names = path.split('.');
    const last = names.pop()!;
    let place: unknown = tree;
    for (const name of names) place = isTree(place) ? place[name] : undefined;
    if (!isTree(place) || !(`${last}File` in place)) continue;
    const file = place[`${last}File`];
    delete place[`${last}File`];
    if (typeof file !== 'string') throw new SluiceError('SETTING_INVALID', { subject: `${path}File` });
    try {
      place[last] = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch {
      throw new Failed({ code: 'FILE_UNREADABLE', subject: `${path}File` });
    }
  }
}

function nested(values: Readonly<Record<string, unknown>>): Tree {
  const tree: Tree = {};
  for (const [path, value] of Object.entries(values)) {
    const names = path.split('.');
    const last = names.pop()!;
    let place = tree;
    for (const name of names) place = (place[name] ??= {}) as Tree;
    place[last] = value;
  }
  return tree;
}

function merge(into: Tree, from: Tree): void {
  for (const [name, value] of Object.entries(from)) {
    const before = Object.hasOwn(into, name) ? into[name] : undefined;
    if (isTree(before) && isTree(value)) merge(before, value);
    else if (name !== '__proto__') into[name] = value;
  }
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
