/** `sluice roster explain`: one text, scanned as that of one patient, and what the roster says of it. */
import { readFileSync } from 'node:fs';
import { createEngine } from '../../engine/engine.js';
import { inputBytesMax } from '../../limits.js';
import { type Evidence, match } from '../../roster/match.js';
import { EXIT, type Exit } from '../exit.js';
import { Failed } from '../failure.js';
import { printable } from '../printable.js';
import { openRoster, type RosterOptions } from './options.js';

const STDIN = 0;

export function explain(options: RosterOptions): Exit {
  const { values } = options;
  const roster = openRoster(options);
  const text = input();
  const { findings } = createEngine().scan(text);
  const patients = values.patient === undefined ? [] : [values.patient];
  const evidence = match(roster, { patients, now: Date.now() }, findings, text);
  if (values.json === true) {
    process.stdout.write(`${JSON.stringify(evidence)}\n`);
    return EXIT.clean;
  }
  const lines = [
    `subject   ${SUBJECT[evidence.subject]}`,
    `findings  ${findings.length}`,
    ...evidence.strangers.map(
      ({ reference, level, bits, kinds, findings: at }) =>
        `${level.padEnd(9)} another patient, ${reference}: ${kinds.join(' and ')} (${bits.toFixed(1)} bits), at ` +
        at.map((i) => `${findings[i].start}-${findings[i].end}`).join(', '),
    ),
    ...(evidence.strangers.length === 0 ? ['none      no other patient of this roster is given away'] : []),
    ...(evidence.beyond > 0 ? [`beyond    ${evidence.beyond} more were not looked up`] : []),
  ];
  process.stdout.write(`${lines.map(printable).join('\n')}\n`);
  return EXIT.clean;
}

const SUBJECT: Readonly<Record<Evidence['subject'], string>> = {
  known: 'in the roster',
  unknown: 'not in the roster',
  none: 'not said: --patient says whose conversation it is',
};

function input(): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(STDIN);
  } catch {
    throw new Failed({ code: 'FILE_UNREADABLE', subject: 'stdin' });
  }
  if (bytes.length > inputBytesMax) throw new Failed({ code: 'INPUT_TOO_LARGE' });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Failed({ code: 'INPUT_NOT_UTF8' });
  }
}
