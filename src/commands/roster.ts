/** `sluice roster`: builds the snapshot that other patients' identifiers are known by, says what is in one, and explains a message by it. */
import { HELP, type Options, optionLines, readArguments } from './arguments.js';
import type { Command } from './command.js';
import type { Exit } from './exit.js';
import { usage } from './failure.js';
import { READER_OPTIONS } from './run/open-reader.js';

export const ROSTER_OPTIONS = {
  tenant: { type: 'string', value: 'NAME', about: 'whose patients they are: keys of tenants differ' },
  'key-file': {
    type: 'string',
    value: 'FILE',
    about: 'the secret that keys are made of; or in SLUICE_ROSTER_KEY.\nNever keep it beside a snapshot',
  },
  out: { type: 'string', short: 'o', value: 'FILE', about: 'build: the snapshot to write' },
  topic: {
    type: 'string',
    value: 'TOPIC',
    about:
      'build: from a compacted topic: a row in JSON or a FHIR Patient\nunder the patient’s id; without a value the patient is gone',
  },
  ...READER_OPTIONS,
  format: { type: 'string', value: 'FORMAT', about: 'build: csv, jsonl or fhir; told by the name unless said' },
  staff: { type: 'string', value: 'FILE', about: 'build: who works here, in the same columns' },
  base: { type: 'string', value: 'FILE', about: 'build: make a delta over this snapshot' },
  'bad-rows': { type: 'string', value: 'N', about: 'build: rows that may be left out; 0 unless said' },
  delta: { type: 'string', value: 'FILE', about: 'stats, explain: the delta over the snapshot' },
  patient: { type: 'string', value: 'ID', about: 'explain: whose conversation the text is from' },
  json: { type: 'boolean', about: 'for programs' },
  ...HELP,
} as const satisfies Options;

export const command: Command = { help, run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = readArguments(args, ROSTER_OPTIONS);
  const [what, ...files] = positionals;
  const options = { values, files };
  switch (what) {
    case 'build':
      return (await import('./roster/build.js')).build(options);
    case 'stats':
      return (await import('./roster/stats.js')).stats(options);
    case 'explain':
      return (await import('./roster/explain.js')).explain(options);
    default:
      throw usage('roster takes "build" and files, or "stats" or "explain" and a snapshot');
  }
}

function help(): string {
  return `sluice roster: whose identifiers are whose, without holding any of them

Usage: sluice roster build FILE... --out SNAPSHOT --tenant NAME [options]
       sluice roster build --topic TOPIC --brokers HOST:PORT --out SNAPSHOT --tenant NAME
       sluice roster stats SNAPSHOT --tenant NAME [options]
       sluice roster explain SNAPSHOT --tenant NAME --patient ID [options] < TEXT

build     read patients from CSV, JSON lines, FHIR or a compacted topic, and write
          keyed hashes of what identifies them. Rows that cannot be read are named by number and
          code; unless --bad-rows allows them, nothing is written
stats     how many patients, keys and shared values, and bytes for each
explain   scan a text as that of one patient: which other patients it gives
          away, by what evidence and how sure; never who they are

Columns: id, mrn, ssn, member_id, phone, email, given, family, maiden, dob,
address, zip, household, related, contact_phone, contact_email, deleted.
Several values of a column are separated by ; or |.

${optionLines(ROSTER_OPTIONS)}
`;
}
