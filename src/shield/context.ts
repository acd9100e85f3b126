/**
 * What a caller says about a message beside its content, in camelCase or in snake_case, as the envelope that any other face
 * would get. A key that nobody knows is refused: whoever wrote it believes that it does something.
 */
import { SluiceError } from '../errors.js';
import { handleUnitsMax } from '../limits.js';
import { IDENTITIES } from '../scanners/scanner.js';

export interface ShieldRecipient {
  readonly id?: string;
  /** `phone`, `sms`, `fax`, `email` or `portal`. */
  readonly channel?: string;
  readonly address?: string;
}

/** All of it is optional; what a policy's rule needs and is not said denies, with a reason of its own. */
export interface ShieldContext {
  /** The patient that the conversation is about. */
  readonly patientId?: string | undefined;
  /** The task at hand: `scheduling`, `clinical`, `billing`, or what else the policy knows. */
  readonly taskScope?: string | undefined;
  readonly requestingProvider?: string | undefined;
  readonly purpose?: string | undefined;
  /** Whom the message goes to: an id, or what is known. */
  readonly recipient?: string | ShieldRecipient | undefined;
  /** How sure it is whom the agent talks with; not said, it is not. */
  readonly identity?: 'verified' | 'unverified' | undefined;
  /** The reason that a person gave for reaching past the rules. */
  readonly breakGlass?: string | undefined;
  readonly sessionId?: string | undefined;
  /** The caller's own id for the message; incidents and audit entries name it. */
  readonly messageId?: string | undefined;
  /** Every message is taken to be in one: there is nothing to switch off. */
  readonly hipaaContext?: true | undefined;
  /** Asks for what the policy may do anyway: `true` is refused where it does not. */
  readonly checkCrossPatient?: boolean | undefined;
}

type Snake<S extends string> = S extends `${infer Head}${infer Rest}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${Snake<Rest>}`
  : S;

/** The same with `patient_id` for `patientId`, for programs that come from elsewhere. */
export type SnakeContext = { readonly [K in keyof ShieldContext as Snake<K>]: ShieldContext[K] };

/** What the envelope calls it. */
const MEMBERS = {
  patientId: 'patient_id',
  taskScope: 'task_scope',
  requestingProvider: 'requesting_provider',
  purpose: 'purpose',
  recipient: 'recipient',
  identity: 'identity',
  breakGlass: 'break_glass',
  sessionId: 'session',
  messageId: 'id',
} as const satisfies Partial<Record<keyof ShieldContext, string>>;

const RECIPIENT: ReadonlySet<string> = new Set(['id', 'channel', 'address'] satisfies (keyof ShieldRecipient)[]);

const FLAGS = ['hipaaContext', 'checkCrossPatient'] as const satisfies readonly (keyof ShieldContext)[];

const KEYS = [...(Object.keys(MEMBERS) as (keyof typeof MEMBERS)[]), ...FLAGS];
const NAMES = new Map(KEYS.flatMap((key) => [key, snake(key)].map((name) => [name, key] as const)));

export interface Said {
  /** Members of the envelope. */
  readonly members: Readonly<Record<string, string | ShieldRecipient>>;
  readonly checkCrossPatient: boolean;
}

export function readContext(context: ShieldContext | SnakeContext = {}): Said {
  const said = new Map<string, unknown>();
  for (const [name, value] of Object.entries(context)) {
    if (value === undefined) continue;
    const key = NAMES.get(name);
    if (key === undefined) throw refused(`a key that is not one of ${KEYS.join(', ')}`);
    if (said.has(key)) throw refused(`${key} is there twice`);
    said.set(key, value);
  }
  const members: Record<string, string | ShieldRecipient> = {};
  for (const [key, member] of Object.entries(MEMBERS)) {
    const value = said.get(key);
    if (value === undefined) continue;
    if (key === 'recipient' && isRecipient(value)) members[member] = { ...value };
    else if (isShort(value)) members[member] = value;
    else throw refused(`${key} is a text of 1 to ${handleUnitsMax} characters`);
  }
  if (said.has('identity') && !IDENTITIES.some((one) => one === said.get('identity'))) {
    throw refused(`identity is one of ${IDENTITIES.join(', ')}`);
  }
  for (const flag of FLAGS) {
    const value = said.get(flag);
    if (value !== undefined && value !== true && !(flag === 'checkCrossPatient' && value === false)) {
      throw refused(`${flag} cannot be that`);
    }
  }
  return { members, checkCrossPatient: said.get('checkCrossPatient') === true };
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= handleUnitsMax;
}

/** An object of nothing but what a recipient may have. */
function isRecipient(value: unknown): value is ShieldRecipient {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const parts = Object.entries(value);
  return parts.length > 0 && parts.every(([part, text]) => RECIPIENT.has(part) && isShort(text));
}

function snake(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function refused(subject: string): SluiceError {
  return new SluiceError('OPTION_INVALID', { subject: `context: ${subject}` });
}
