/** A small roster for tests, of invented patients, and messages asked of it through the engine. */
import { createEngine } from '../../src/index.js';
import { type BuildReport, buildRoster } from '../../src/roster/build.js';
import { type RosterKeys, rosterKeys } from '../../src/roster/keys.js';
import { Layer } from '../../src/roster/layer.js';
import { type Evidence, match } from '../../src/roster/match.js';
import { Roster } from '../../src/roster/roster.js';
import type { RosterFormat } from '../../src/roster/source.js';

export const SECRET = Buffer.from('an invented secret of some length');
export const NOW = Date.UTC(2026, 5, 1);
export const KEYS = rosterKeys(SECRET, 'north');

export const HEADER =
  'mrn,ssn,member_id,phone,email,given,family,maiden,birth,address,zip,household,related,contact_phone,contact_email';

/** Ana and Luis share a home, Bea is Ana's mother and lives elsewhere, two are called Sam Lee and born on one day. */
export const PATIENTS = [
  '10000001,901-11-2233,W100001,(212) 555-0101,ana@example.org,Ana,Garcia,,1980-03-04,12 N Main St,10001,,10000003,(212) 555-0155,',
  '10000002,,W100001,(212) 555-0101,,Luis,Garcia,,1979-07-08,12 North Main Street,10001,,,,',
  '10000003,902-11-2234,W100003,(212) 555-0103,bea@example.org,Beatriz,Romero,,1950-01-02,9 Oak Ave,10002,,,,',
  '10000004,903-11-2235,W100004,(212) 555-0104,robert@example.org,Robert,Whitfield,,1962-11-30,44 Elm Rd,10003,,,,',
  '10000005,904-11-2236,W100005,(212) 555-0105,,Sam,Lee,,1990-05-06,1 Pine Ct,10004,,,,',
  '10000006,905-11-2237,W100006,(212) 555-0106,,Sam,Lee,,1990-05-06,2 Pine Ct,10004,,,,',
  '10000007,906-11-2238,W100007,(212) 555-0107,,Marguerite,Okonkwo-Hale,Fairbanks,1971-09-10,3 Ash Ln,10005,,,,',
];

export interface Made {
  readonly roster: Roster;
  readonly image: SharedArrayBuffer;
}

export function build(
  lines: readonly string[],
  {
    format = 'csv',
    keys = KEYS,
    faultsMax = 0,
    staff,
    base,
  }: {
    readonly format?: RosterFormat;
    readonly keys?: RosterKeys;
    readonly faultsMax?: number;
    readonly staff?: readonly string[];
    readonly base?: SharedArrayBuffer;
  } = {},
): { report: BuildReport; image?: SharedArrayBuffer } {
  const sources = [
    { pieces: [lines.join('\n')], format },
    ...(staff === undefined ? [] : [{ pieces: [staff.join('\n')], format: 'csv' as const, staff: true }]),
  ];
  return buildRoster(sources, {
    keys,
    now: new Date(NOW),
    faultsMax,
    ...(base !== undefined && { base: new Layer(base) }),
  });
}

export function made(lines: readonly string[], options: Parameters<typeof build>[1] = {}): Made {
  const { image, report } = build(lines, options);
  if (image === undefined) throw new Error(JSON.stringify(report));
  const keys = options.keys ?? KEYS;
  return {
    image,
    roster: new Roster(options.base === undefined ? { base: image } : { base: options.base, delta: image }, keys),
  };
}

const engine = createEngine();

export function ask(roster: Roster, patient: string | undefined, text: string): Evidence {
  const { findings } = engine.scan(text);
  return match(roster, { patients: patient === undefined ? [] : [patient], now: NOW }, findings, text);
}

/** `strong mrn`, for each patient that a text gives away. */
export function told(roster: Roster, patient: string | undefined, text: string): string[] {
  return ask(roster, patient, text).strangers.map(({ level, kinds }) => `${level} ${kinds.join('+')}`);
}
