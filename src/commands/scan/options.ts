/** The options of `sluice scan`, and the plan that they make: checked in full before anything is read. */
import { readFileSync } from 'node:fs';
import { CATEGORIES, type Category } from '../../../detectors/contract.js';
import { PROFILES, type Profile } from '../../engine/profile.js';
import { STYLES, type Style } from '../../engine/styles.js';
import { keyBytesMin } from '../../limits.js';
import { HELP, type Options, readArguments } from '../arguments.js';
import { Failed, usage } from '../failure.js';
import { UNITS, type Unit } from './offsets.js';

export const FORMATS = ['auto', 'text', 'json', 'jsonl'] as const;
export type Format = (typeof FORMATS)[number];

const THREADS_MAX = 64;

const OUTPUT = {
  findings: { type: 'boolean', about: 'where what was found, a line each; never what it says' },
  report: { type: 'boolean', about: 'counts for each file and category, and the speed' },
  json: { type: 'boolean', about: 'findings or report as JSON lines, for programs' },
  redact: { type: 'boolean', about: 'with --format jsonl: each record has its text, redacted' },
  offsets: {
    type: 'string',
    value: 'UNIT',
    about: 'what positions count: utf16 (JavaScript, Java, C#),\ncodepoint (Python) or byte (Go, Rust)',
  },
} as const satisfies Options;

const INPUT = {
  format: {
    type: 'string',
    value: 'FORMAT',
    about:
      'auto: each line of a .jsonl or .ndjson file, and any\nother file as a whole; JSON and HL7 are understood\n' +
      'text: every file as a whole\njson: the same, and what is not JSON is an error\n' +
      'jsonl: {"id","text"} in, {"id","findings"} out',
  },
} as const satisfies Options;

const RULES = {
  style: {
    type: 'string',
    value: 'STYLE',
    about: 'label [MRN-1], mask ********, hash [MRN:…] (needs a\nkey), or safe-harbor (a year and a ZIP’s start stay)',
  },
  'key-file': { type: 'string', value: 'FILE', about: 'the secret for --style hash; or in SLUICE_KEY' },
  tenant: { type: 'string', value: 'NAME', about: 'hashes of different tenants differ' },
  categories: { type: 'string', value: 'A,B', about: 'look for these only: see sluice reference' },
  profile: {
    type: 'string',
    value: 'PROFILE',
    about:
      'how sure of names, places and dates: strict (a miss is\nworse), balanced, or precise (a false alarm is worse)',
  },
  'min-confidence': { type: 'string', value: 'X', about: 'drop findings below it, 0 to 1; as the profile says' },
} as const satisfies Options;

const RUNNING = {
  threads: { type: 'string', value: 'N', about: 'threads, 1 to 64; 1 unless said. The order stays' },
  'fail-on-findings': { type: 'boolean', about: 'end with 1 if anything was found' },
  quiet: { type: 'boolean', short: 'q', about: 'nothing on stderr but errors' },
  ...HELP,
} as const satisfies Options;

/** As the help groups them. */
export const OPTION_GROUPS = { Output: OUTPUT, Input: INPUT, 'What and how': RULES, Running: RUNNING };

const ALL = { ...OUTPUT, ...INPUT, ...RULES, ...RUNNING };

export type Output = 'redacted' | 'findings' | 'report';

/** What a thread needs to know; crosses into it as it is. */
export interface Plan {
  readonly style: Style;
  readonly key: Uint8Array | undefined;
  readonly tenant: string;
  readonly categories: readonly Category[];
  readonly profile: Profile;
  readonly confidenceMin: number | undefined;
  readonly output: Output;
  readonly json: boolean;
  /** Records carry their redacted text. */
  readonly textInRecords: boolean;
  readonly unit: Unit;
  readonly strictJson: boolean;
  readonly colour: boolean;
}

export interface ScanOptions {
  readonly files: readonly string[];
  readonly format: Format;
  readonly plan: Plan;
  readonly threads: number;
  readonly failOnFindings: boolean;
  readonly quiet: boolean;
}

export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv, colour: boolean): ScanOptions {
  const { values, positionals } = readArguments(args, ALL);
  const format = oneOf('format', FORMATS, values.format ?? 'auto');
  const style = oneOf('style', STYLES, values.style ?? 'label');
  const output = values.findings ? 'findings' : values.report ? 'report' : 'redacted';
  if (values.findings && values.report) throw usage('--findings and --report: one of the two');
  if (values.redact && output !== 'redacted') throw usage(`--redact and --${output}: one of the two`);
  if (values.json && output === 'redacted') throw usage('--json goes with --findings or --report');
  if (values.findings && format === 'jsonl')
    throw usage('--format jsonl writes the findings already: leave out --findings');
  return {
    files: positionals.length === 0 ? ['-'] : positionals,
    format,
    threads: number('threads', values.threads ?? '1', 1, THREADS_MAX, /^\d{1,2}$/),
    failOnFindings: values['fail-on-findings'] === true,
    quiet: values.quiet === true,
    plan: {
      style,
      key: style === 'hash' ? readKey(values['key-file'], env.SLUICE_KEY) : undefined,
      tenant: values.tenant ?? '',
      categories:
        values.categories?.split(',').map((name) => oneOf('categories', CATEGORIES, name.trim())) ?? CATEGORIES,
      profile: oneOf('profile', PROFILES, values.profile ?? 'balanced'),
      confidenceMin:
        values['min-confidence'] === undefined
          ? undefined
          : number('min-confidence', values['min-confidence'], 0, 1, /^(0|1|[01]?\.\d+)$/),
      output,
      json: values.json === true,
      textInRecords: values.redact === true,
      unit: oneOf('offsets', UNITS, values.offsets ?? 'utf16'),
      strictJson: format === 'json',
      colour,
    },
  };
}

function oneOf<T extends string>(option: string, all: readonly T[], value: string): T {
  const found = all.find((one) => one === value);
  if (found === undefined) throw usage(`--${option} takes ${all.join(', ')}`);
  return found;
}

function number(option: string, value: string, min: number, max: number, form: RegExp): number {
  const parsed = form.test(value) ? Number(value) : Number.NaN;
  if (!(parsed >= min && parsed <= max)) throw usage(`--${option} takes a number from ${min} to ${max}`);
  return parsed;
}

/** An editor ends a file with a line break, which is not part of the secret. */
function readKey(file: string | undefined, secret: string | undefined): Uint8Array {
  const subject = '--style hash needs --key-file or SLUICE_KEY';
  let key: Buffer;
  if (file !== undefined) {
    try {
      key = Buffer.from(readFileSync(file, 'latin1').replace(/\r?\n$/, ''), 'latin1');
    } catch {
      throw new Failed({ code: 'FILE_UNREADABLE', subject: '--key-file' });
    }
  } else {
    if (secret === undefined || secret === '') throw new Failed({ code: 'KEY_MISSING', subject });
    key = Buffer.from(secret);
  }
  if (key.length < keyBytesMin) throw new Failed({ code: 'KEY_TOO_SHORT', subject: `${keyBytesMin} bytes at least` });
  return Uint8Array.from(key);
}
