/** `sluice roster stats`: what a snapshot holds, in counts. */
import type { Layer } from '../../roster/layer.js';
import { EXIT, type Exit } from '../exit.js';
import { openRoster, type RosterOptions } from './options.js';

export function stats(options: RosterOptions): Exit {
  const roster = openRoster(options);
  const layers = roster.delta === undefined ? [roster.base] : [roster.base, roster.delta];
  if (options.values.json === true) process.stdout.write(`${JSON.stringify(layers.map(figures))}\n`);
  else process.stdout.write(layers.map(page).join('\n'));
  return EXIT.clean;
}

function figures({ header, name, buffer, table }: Layer) {
  const { tenant, builtAt, patients, rows, births, keys, shared, commonplace, base } = header;
  return {
    kind: base === undefined ? 'snapshot' : 'delta',
    name,
    tenant,
    builtAt,
    patients,
    otherNames: rows - patients,
    birthDates: births,
    keys,
    shared,
    commonplace,
    bytes: buffer.byteLength,
    bytesPerPatient: Math.round((buffer.byteLength / Math.max(1, patients)) * 10) / 10,
    filled: Math.round((table.count / table.slots) * 1000) / 1000,
  };
}

function page(layer: Layer): string {
  const one = figures(layer);
  const keys = Object.entries(one.keys).map(([kind, count]): [string, string] => [`  ${kind}`, String(count)]);
  const rows: readonly (readonly [string, string])[] = [
    [one.kind, one.name.slice(0, 16)],
    ['tenant', one.tenant],
    ['built', one.builtAt],
    ['patients', String(one.patients)],
    ['other names', String(one.otherNames)],
    ['birth dates', String(one.birthDates)],
    ['keys', ''],
    ...keys,
    ['shared', `${one.shared} values, by up to eight patients each`],
    ['commonplace', `${one.commonplace} values, shared by so many that they say nothing`],
    ['bytes', `${one.bytes}, ${one.bytesPerPatient} a patient, table ${Math.round(one.filled * 100)} % full`],
  ];
  return `${rows.map(([name, text]) => `${name.padEnd(16)}${text}`.trimEnd()).join('\n')}\n`;
}
