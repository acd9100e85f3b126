/** The flags of `sluice policy`, where its policy comes from, and its help. */
import type { PolicyPlace } from '../../policy/files.js';
import type { Settings } from '../../settings.js';
import { HELP, type Options, optionLines, type Values } from '../arguments.js';
import { EXIT_MEANING } from '../exit.js';
import { usage } from '../failure.js';
import { READER_OPTIONS } from '../run/open-reader.js';
import { readSettings, typed } from '../run/read-settings.js';

export const OPTIONS = {
  tenants: { type: 'string', value: 'FOLDER', about: 'what tenants add to the policy, one file each' },
  without: { type: 'string', value: 'SCANNER,…', about: 'leave out rules of scanners that are not built yet' },
  topic: { type: 'string', value: 'NAME', about: 'publish: the topic; without it, policyTopic of the settings' },
  json: { type: 'boolean', about: 'as JSON' },
  ...READER_OPTIONS,
  ...HELP,
} as const satisfies Options;

export type PolicyValues = Values<typeof OPTIONS>;

/** Where a policy lies that nobody has named. */
const SHIPPED = 'policy.yaml';

export interface Named {
  readonly place: PolicyPlace;
  readonly settings: Settings;
}

/** The files that are named, the settings' or `policy.yaml`. */
export function placeOf(file: string | undefined, values: PolicyValues): Named {
  const { tenants, without, config } = values;
  const base = readSettings({ flags: {}, env: process.env, file: config });
  const settings: Settings = without === undefined ? base : { ...base, without: typed('without', without) as string[] };
  // Tenants add to the policy that the settings name; to another only if that is said.
  const folder = tenants ?? (file === undefined ? base.policyTenants : undefined);
  return { place: { file: file ?? base.policy ?? SHIPPED, tenants: folder }, settings };
}

export function only(files: readonly string[], most: number, what: string): void {
  if (files.length > most) throw usage(`policy ${what}`);
}

export const HELP_PAGE = `sluice policy: what decides, checked before it does

Usage: sluice policy check [FILE]       is it a policy, and what does it say
       sluice policy test [FILE]        run the tests that it carries
       sluice policy explain SOURCE     why the gate decided as it did
       sluice policy explain RULE       what a rule of the policy says
       sluice policy diff OLD NEW       what a new one changes, and whether it may
                                        allow more
       sluice policy publish [FILE]     check it, run its tests, and write it to
                                        the topic that gates follow
       sluice policy schema             the language, as JSON Schema

Without FILE it is the policy of the settings, or ${SHIPPED}. SOURCE is
TOPIC/PARTITION/OFFSET, as incidents and audit entries name it; the entry is
read from where the gate writes, and the message, if it is still there, is
judged again.

publish replaces the policy on the topic (SLUICE_POLICY_TOPIC, or --topic) and,
with --tenants, what all tenants add: a tenant that is not in the folder any
more adds nothing. Without --tenants what tenants add stays.

${optionLines(OPTIONS)}

Exit codes
  0    it is as it should be; diff: they say the same
  1    check, publish: it is no policy; test, publish: a test fails; diff:
       they differ; explain: judged again it comes out otherwise
  2    ${EXIT_MEANING[2]}
  3    a file could not be read
`;
