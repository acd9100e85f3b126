/** The text of the reference page: codes, styles, and what each detector finds, by which rules and labels. */
import type { Detector } from '../../../detectors/contract.js';
import { detectors } from '../../../detectors/index.js';
import { ECHO } from '../../engine/echo.js';
import { PROFILES, type Profile } from '../../engine/profile.js';
import { STYLES, type Style } from '../../engine/styles.js';
import { SETTINGS_ABOUT, settingsSchema } from '../../settings.js';
import { REASONS } from '../../verdict.js';
import { EXIT_MEANING } from '../exit.js';
import { ALL_ERRORS } from '../failure.js';

/** Phrases of one kind that are printed. */
const PHRASES_SHOWN_MAX = 40;

const STYLE_MEANING: { readonly [S in Style]: string } = {
  label: '`[MRN-1]`: numbered within a message; the same value gets the same number',
  mask: '`********`: an asterisk for each character',
  hash: '`[MRN:2JFBB43L4QGKYWSN]`: keyed; the same value gets the same code in all messages of a tenant',
  'safe-harbor': 'what 45 CFR 164.514(b)(2) lets stand: a year, three digits of a ZIP code, 90+; else a label',
};

const PROFILE_MEANING: { readonly [P in Profile]: string } = {
  strict: 'a miss is worse than a false alarm: text that leaves the house',
  balanced: 'unless said: a word is taken for a name if that is likelier than not',
  precise: 'a false alarm is worse than a miss: text that a clinician reads',
};

export function referencePage(): string {
  return `# Reference

Made from the program by \`npm run docs\`: do not edit.

## Exit codes

${table(['Code', 'Meaning'], Object.entries(EXIT_MEANING))}
## Error codes

Neither a code nor what stands around it ever carries text of the input.

${table(
  ['Code', 'Meaning'],
  Object.entries(ALL_ERRORS).map(([code, meaning]) => [`\`${code}\``, meaning]),
)}
## Settings

In \`sluice.yaml\`, in the environment (\`deadlineMs\` is \`SLUICE_DEADLINE_MS\`, \`tls.caFile\` is \`SLUICE_TLS__CA_FILE\`) or, where
\`sluice run --help\` lists it, as a flag.

${table(['Setting', 'Default', 'What'], Object.entries(SETTINGS_ABOUT).map(settingRow))}
## Outcomes and reasons

An outcome record has content if its \`sluice-action\` is \`clean\` or \`redacted\`. All others say why, in \`sluice-reason\`:

${table(
  ['Reason', 'Why'],
  Object.entries(REASONS).flatMap(([reason, why]) => (reason === 'none' ? [] : [[`\`${reason}\``, why]])),
)}
## Styles

${table(
  ['Style', 'What stands in place of a finding'],
  STYLES.map((style) => [`\`${style}\``, STYLE_MEANING[style]]),
)}
## Profiles

How sure the engine has to be of names, places and dates; identifiers with a form of their own are found alike in all.

${table(
  ['Profile', 'What it is for'],
  PROFILES.map((profile) => [`\`${profile}\``, PROFILE_MEANING[profile]]),
)}
## Categories

The identifiers of 45 CFR 164.514(b)(2)(i), in statute order. A label makes what follows it a finding; a field does so
only as the name of a field: a JSON key, or before a colon, an equals sign or a pipe. Both are found in any case, and
written as one word too.

${detectors.map(section).join('\n')}`;
}

const DEFAULTS: Readonly<Record<string, unknown>> = { ...settingsSchema.parse({}), threads: 'cores, 8 at most' };

function settingRow([name, about]: readonly [string, string]): string[] {
  const value = DEFAULTS[name];
  const shown = typeof value === 'object' || value === undefined ? '' : String(value);
  return [`\`${name}\``, shown, about];
}

function section({ category, citation, rules, anchors }: Detector): string {
  const lines = [`### ${category}`, '', `45 CFR ${citation}`, ''];
  const all = category === 'name' ? [...rules, ECHO] : rules;
  if (all.length > 0) {
    const rows = all.map(({ name, kind, confidence, about }) => [
      `\`${name}\``,
      `\`${kind}\``,
      confidence.toFixed(2),
      about,
    ]);
    lines.push(table(['Rule', 'Kind', 'Confidence', 'Finds'], rows));
  }
  lines.push(...phrases('Labels', anchors.labels), ...phrases('Fields', anchors.fields));
  return lines.join('\n').replace(/\n+$/, '\n');
}

function phrases(title: string, byKind: Detector['anchors']['labels']): string[] {
  const kinds = Object.entries(byKind ?? {}).map(
    ([kind, list]) => [kind, typeof list === 'function' ? list() : list] as const,
  );
  if (kinds.length === 0) return [];
  return [`${title}:`, '', ...kinds.map(([kind, list]) => `- \`${kind}\`: ${someOf(list)}`), ''];
}

/** Phrases that are made from patterns run into the thousands; the shortest show what they are like. */
function someOf(list: readonly string[]): string {
  const shown = [...list].sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, PHRASES_SHOWN_MAX);
  return `${shown.join(', ')}${list.length > shown.length ? `, and ${list.length - shown.length} more` : ''}`;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('');
}
