/** The flags of `sluice directory`, where its directory comes from, and its help. */
import { HELP, type Options, optionLines, type Values } from '../arguments.js';
import { EXIT_MEANING } from '../exit.js';
import { usage } from '../failure.js';
import { readSettings } from '../run/read-settings.js';

export const OPTIONS = {
  directory: { type: 'string', value: 'PATH', about: 'a file or a folder; without it, that of the settings' },
  tenant: { type: 'string', value: 'NAME', about: 'whose; without it, that of the settings' },
  at: { type: 'string', value: 'TIME', about: 'show: at this time (2026-01-31T08:00:00Z) instead of now' },
  json: { type: 'boolean', about: 'as JSON' },
  config: { type: 'string', short: 'c', value: 'FILE', about: 'settings in YAML; sluice.yaml if it is there' },
  ...HELP,
} as const satisfies Options;

export type DirectoryValues = Values<typeof OPTIONS>;

export interface Asked {
  readonly path: string;
  readonly tenant: string;
}

/** The path that is given, or that of the settings. */
export function askedOf(path: string | undefined, values: DirectoryValues): Asked {
  if (path !== undefined && values.directory !== undefined) throw usage('PATH and --directory: one of the two');
  const settings = readSettings({ flags: {}, env: process.env, file: values.config });
  const place = path ?? values.directory ?? settings.directory;
  if (place === undefined) throw usage('directory needs one: PATH, or "directory" in the settings');
  return { path: place, tenant: values.tenant ?? settings.tenant };
}

export const HELP_PAGE = `sluice directory: who may do what

Usage: sluice directory check [PATH]
       sluice directory stats [PATH]
       sluice directory show agent ID
       sluice directory show tool NAME
       sluice directory show care PROVIDER PATIENT
       sluice directory show consent PATIENT PURPOSE
       sluice directory show address PATIENT CHANNEL ADDRESS
       sluice directory show recipient CHANNEL ADDRESS

check  all that is wrong, with file and line, a line each
stats  how much of what there is, and what should be looked at
show   what the gate would be told, now or at another time. It answers what is
       asked: about patients the directory keeps fingerprints, no names

PATH is a file, or a folder of files: lists of rows in YAML or JSON, for people
(*.yaml, *.yml, *.json), and rows in JSON lines, by the million (*.jsonl,
*.ndjson). Files that change while the gate runs are written beside and renamed.

${optionLines(OPTIONS)}

Exit codes
  0    it is as it should be
  1    check: something is wrong with it
  2    ${EXIT_MEANING[2]}
  3    it cannot be used
`;
