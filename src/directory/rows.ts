/**
 * The rows that a directory is made of, one fact each, as they stand in files and topics. Strict: what is not known, not
 * text, or not a date is refused, since a typing error in a row about withdrawal would otherwise be a permission.
 */
import { z } from 'zod';
import { handleUnitsMax } from '../limits.js';
import { VERBS } from '../policy/rule.js';
import { ADDRESS_CHANNELS, type AddressChannel, addressUnitsMax, normalAddress } from './address.js';
import { CHANNELS, ENVIRONMENTS, SENSITIVITIES } from './directory.js';
import { beginningOf, endOf } from './moment.js';

const LIST_MAX = 500;
const FIELDS_MAX = 2_000;

/** A text without what cannot be seen, and without blanks around it, which nobody would find. */
const handle = z
  .string()
  .min(1)
  .max(handleUnitsMax)
  .refine((text) => text === text.trim() && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text), { params: { code: 'not-a-name' } });
/** A word of the directory's own: a task, a purpose, a data category. */
const word = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/);
const toolName = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_./:-]{0,127}$/);
const fieldName = z
  .string()
  .min(1)
  .max(handleUnitsMax)
  .refine((text) => !/\p{Cc}/u.test(text), { params: { code: 'not-a-name' } });
const beginning = moment(beginningOf);
const end = moment(endOf);
const words = z.array(word).max(LIST_MAX);
const tenant = handle.optional();

function moment(read: (text: string) => number | undefined) {
  return z.string().transform((text, context) => {
    const seconds = read(text);
    if (seconds !== undefined) return seconds;
    context.addIssue({ code: 'custom', params: { code: 'not-a-date' } });
    return z.NEVER;
  });
}

const period = { from: beginning.optional(), until: end.optional() };
const withdrawal = { withdrawn: beginning.optional() };
const place = { channel: z.enum(ADDRESS_CHANNELS), address: z.string().min(1).max(addressUnitsMax) };

/** `until` and `withdrawn` may not lie at or before `from`, and an address has to be one; it is normal from here on. */
function coherent<
  R extends {
    from?: number | undefined;
    until?: number | undefined;
    withdrawn?: number | undefined;
    channel?: AddressChannel | undefined;
    address?: string | undefined;
  },
>(row: R, context: z.RefinementCtx): R {
  const { from, until, withdrawn, channel, address } = row;
  if (from !== undefined && until !== undefined && until <= from) {
    context.addIssue({ code: 'custom', path: ['until'], params: { code: 'ends-before-it-begins' } });
  }
  if (from !== undefined && withdrawn !== undefined && withdrawn <= from) {
    context.addIssue({ code: 'custom', path: ['withdrawn'], params: { code: 'ends-before-it-begins' } });
  }
  if (channel === undefined || address === undefined) return row;
  const normal = normalAddress(channel, address);
  if (normal === undefined) context.addIssue({ code: 'custom', path: ['address'], params: { code: 'not-an-address' } });
  return { ...row, address: normal ?? '' };
}

export const ROWS = {
  agent: z
    .strictObject({
      tenant,
      id: handle,
      owner: handle,
      environment: z.enum(ENVIRONMENTS),
      purposes: words.min(1),
      tasks: words,
      tools: z.array(toolName).max(LIST_MAX),
      /** The vendor that runs it, where that is somebody outside. */
      vendor: handle.optional(),
      expires: end.optional(),
      /** Switched off at once, whatever else is said. */
      revoked: z.boolean().optional(),
      credential: z
        .string()
        .regex(/^sha256:[0-9a-f]{64}$/)
        .optional(),
    })
    // What others hold has to end by itself: nobody here would notice that it is still in use.
    .refine(({ vendor, expires }) => vendor === undefined || expires !== undefined, {
      path: ['expires'],
      params: { code: 'vendor-without-end' },
    }),
  connector: z.strictObject({
    tenant,
    name: toolName,
    owner: handle,
    environment: z.enum(ENVIRONMENTS).optional(),
    /** The most that any of its tools may do and touch. */
    verbs: z.array(z.enum(VERBS)).min(1).max(VERBS.length),
    categories: words.optional(),
    sensitivity: z.enum(SENSITIVITIES).optional(),
    disabled: z.boolean().optional(),
  }),
  tool: z.strictObject({
    tenant,
    name: toolName,
    connector: toolName.optional(),
    owner: handle.optional(),
    verbs: z.array(z.enum(VERBS)).min(1).max(VERBS.length),
    fields: z
      .record(fieldName, word)
      .refine((fields) => Object.keys(fields).length <= FIELDS_MAX, { params: { code: 'too-many' } })
      .optional(),
    categories: words.optional(),
    sensitivity: z.enum(SENSITIVITIES).optional(),
    channel: z.enum(CHANNELS).optional(),
    disabled: z.boolean().optional(),
  }),
  channel: z.strictObject({ tenant, channel: z.enum(CHANNELS), secure: z.boolean() }),
  provider: z.strictObject({ tenant, id: handle, ...period }).transform(coherent),
  patient: z.strictObject({ tenant, id: handle }),
  care: z.strictObject({ tenant, provider: handle, patient: handle, ...period }).transform(coherent),
  /** The patient's own. */
  address: z.strictObject({ tenant, patient: handle, ...place, ...period }).transform(coherent),
  /** Somebody who may hear of the patient. */
  contact: z
    .strictObject({ tenant, patient: handle, relation: word.optional(), ...place, ...period, ...withdrawal })
    .transform(coherent),
  consent: z
    .strictObject({ tenant, patient: handle, purpose: word, ai: z.boolean(), ...period, ...withdrawal })
    .transform(coherent),
  /** Somebody who was checked, whomever the message is about: an address, or the id of a recipient. */
  recipient: z
    .strictObject({
      tenant,
      id: handle.optional(),
      channel: place.channel.optional(),
      address: place.address.optional(),
      verified: beginning,
      until: end.optional(),
    })
    .refine(({ id, channel, address }) => (id === undefined) === (channel !== undefined && address !== undefined), {
      params: { code: 'id-or-address' },
    })
    .transform(coherent),
} as const;

export const KINDS = Object.keys(ROWS) as readonly Kind[];
export type Kind = keyof typeof ROWS;
export type Row<K extends Kind = Kind> = z.output<(typeof ROWS)[K]>;
/** A row as it is written. */
export type RowInput<K extends Kind = Kind> = ReadonlyLists<z.input<(typeof ROWS)[K]>>;
type ReadonlyLists<R> = {
  readonly [M in keyof R]: R[M] extends (infer E)[] | undefined ? readonly E[] | Rest<R[M]> : R[M];
};
type Rest<T> = Extract<T, undefined>;

/** What a list of rows is called in a file. */
export const LISTS = {
  agents: 'agent',
  connectors: 'connector',
  tools: 'tool',
  channels: 'channel',
  providers: 'provider',
  patients: 'patient',
  care: 'care',
  addresses: 'address',
  contacts: 'contact',
  consents: 'consent',
  recipients: 'recipient',
} as const satisfies Readonly<Record<string, Kind>>;
export type List = keyof typeof LISTS;
