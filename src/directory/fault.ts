/**
 * What is wrong with a directory: a code, the file, the line and the member, and what would be right; never what stands
 * there, since that may be a patient's.
 */
import { SluiceError } from '../errors.js';

export const FAULTS = {
  unreadable: 'it cannot be read',
  'too-large': 'it is larger than the bound',
  'not-utf8': 'it is not valid UTF-8',
  'not-yaml':
    'it is not YAML or JSON as the directory wants it: without anchors, aliases and members that stand there twice',
  'not-json': 'it is not one JSON object',
  'not-a-list': 'a list of rows is wanted here',
  'unknown-list': 'there is no list of this name',
  'unknown-kind': 'there is no row of this kind',
  'unknown-member': 'a row of this kind has no such member',
  'repeated-member': 'a member stands there twice',
  missing: 'it has to be there',
  'not-text': 'a text is wanted: put it in quotes',
  'wrong-type': 'a value of another type is wanted',
  'not-one-of': 'it is none of the words that are known here',
  'too-short': 'it is empty, or holds too little',
  'too-long': 'it is longer, or holds more, than the bound',
  'too-many': 'there are more rows than the bound',
  'wrong-form': 'it is not of the form that is wanted: small letters, digits, dashes and underscores for words',
  'not-a-name': 'it holds what cannot be seen, or begins or ends with a blank',
  'not-a-date': 'it is neither a day (2026-01-31) nor a time with its zone (2026-01-31T08:00:00Z)',
  'not-an-address': 'it is no address of this channel',
  'ends-before-it-begins': 'it ends or is withdrawn at or before its beginning',
  'id-or-address': 'either an id or a channel with an address is wanted',
  'vendor-without-end': 'what a vendor holds has to expire',
  repeated: 'the same is there already',
  'credential-shared': 'another agent has the same credential: each has its own',
  'person-shared': 'a provider has the same id: an agent never acts under the name of a person',
  'unknown-tool': 'there is no such tool in this tenant',
  'unknown-connector': 'there is no such connector in this tenant',
  'beyond-connector': 'the tool may do or touch more than its connector',
  'environments-mixed': 'the agent and the connector of a tool of its belong to different environments',
  'key-differs': 'the key of the record is not the one that its value asks for',
} as const;
export type FaultCode = keyof typeof FAULTS;

export interface Place {
  readonly file?: string;
  readonly topic?: string;
  /** Of a topic the offset. */
  readonly line?: number;
  /** In our own words: a list, a kind, a member. */
  readonly member?: string;
}

export interface Fault extends Place {
  readonly code: FaultCode;
  /** What would be right: words of ours. */
  readonly known?: readonly string[];
}

export function faultLine({ file, topic, line, member, code, known }: Fault): string {
  const place = [file ?? topic, line === undefined ? undefined : String(line)]
    .filter((part) => part !== undefined)
    .join(':');
  const about = [place, member].filter((part) => part !== undefined && part !== '').join(' ');
  const right = known === undefined ? '' : ` (known: ${known.join(', ')})`;
  return `${about === '' ? '' : `${about}: `}${code}: ${FAULTS[code]}${right}`;
}

/** All that is wrong, as far as it was looked for; the message says the first. */
export class DirectoryRefused extends SluiceError {
  constructor(readonly faults: readonly Fault[]) {
    const more = faults.length > 1 ? `, and ${faults.length - 1} more` : '';
    super('DIRECTORY_INVALID', { subject: faults.length === 0 ? '' : `${faultLine(faults[0])}${more}` });
  }
}
