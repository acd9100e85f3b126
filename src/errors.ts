/**
 * The coded errors that Sluice raises. Codes are stable and documented; neither a message nor a position ever carries
 * input text, so an error can be logged as it is. A foreign error is never passed on as a cause: parsers quote what they read.
 */

/** Every code, with the sentence that its message begins with and the reference page prints. */
export const ERRORS = {
  INPUT_TOO_LARGE: 'The input is longer than the configured bound',
  INPUT_NOT_UTF8: 'The input is not valid UTF-8',
  JSON_TOO_DEEP: 'The JSON is nested deeper than the configured bound',
  FINDINGS_TOO_MANY: 'The input holds more findings than the configured bound',
  KEY_MISSING: 'Hashing was asked for without a key',
  KEY_TOO_SHORT: 'The key has fewer bytes than the configured bound',
  OPTION_INVALID: 'An option has a value that it does not take',
  USAGE: 'The command line was not understood',
  FILE_UNREADABLE: 'A file could not be read',
  FILE_UNWRITABLE: 'A file could not be written',
  LEXICON_CORRUPT: 'The compiled lexicon is missing or damaged: compile it again',
  QUARANTINE_SEALED: 'A quarantined record cannot be opened',
  APPROVAL_REFUSED: 'The approval cannot be given',
  SETTING_INVALID: 'A setting has a value that it does not take',
  SETTING_UNKNOWN: 'There is no such setting',
  POLICY_INVALID: 'The policy cannot be loaded',
  COMMIT_REFUSED: 'A transaction was refused again and again: nothing of it is visible',
  LANE_OUT_OF_ORDER: 'A transport delivered offsets that do not follow on those before',
  JOURNAL_CORRUPT: 'The journal holds something that Sluice has not written',
  JOURNAL_LOCKED: 'Another process works on this journal',
  MEMORY_EXCEEDED: 'The process took more memory than it may: it ends, to be started again',
  DRAIN_TIMEOUT: 'What was in hand was not settled in time: it was given up, and will be done again',
  ENGINE_FAILED: 'The engine failed on this input: no verdict',
  KAFKA_UNREACHABLE: 'Kafka did not answer in time',
  KAFKA_FAILED: 'Kafka refused or broke off what the gate cannot do without',
  KAFKA_SILENT: 'The Kafka client, or the lane that is named, has not moved for too long',
  TOPIC_UNFIT: 'A topic is missing, or is not as the gate needs it',
  OFFSET_MISSING: 'The group has no committed offset, but has written output before: README.md says how to set it',
  OFFSET_GAP: 'Records were deleted before they could be scanned: they are named; accept exactly this gap to go on',
  SINK_FAILED: 'The sink did not keep what it was given: the messages are withheld',
  SHIELD_CLOSED: 'The shield has been closed',
  CONTENT_WITHHELD: 'The content of a message that was withheld cannot be read',
  TABLE_FULL: 'A table of fingerprints holds as many as it may',
  TABLE_INVALID: 'A table of fingerprints is not one, or of another version',
  ROSTER_MISSING: 'There is no roster where one has to be: `sluice roster build` makes it',
  ROSTER_INVALID: 'A roster is damaged, cut off or of another version: build it again',
  ROSTER_KEY: 'A roster was made with another key',
  ROSTER_TENANT: 'A roster is that of another tenant',
  ROSTER_DELTA: 'A delta was made for another roster',
  ROSTER_TOO_LARGE: 'A roster is larger than may be',
  ROSTER_ROWS: 'A roster has rows that cannot be taken: none of it was taken',
  OFFSET_AMBIGUOUS: 'The committed offset stands where the gate has not put it',
  DIRECTORY_INVALID: 'The directory is not as it should be: `sluice directory check` says all that is wrong',
} as const;

export type ErrorCode = keyof typeof ERRORS;

export interface ErrorDetail {
  /** Offset in the input, in the unit of that input: UTF-16 code units of a text, bytes of a buffer. */
  readonly position?: number | undefined;
  /** What it is about, in our own words: an option, a setting, a flag. Never taken from the input. */
  readonly subject?: string | undefined;
}

export class SluiceError extends Error {
  override readonly name = 'SluiceError';
  readonly code: ErrorCode;
  readonly position: number | undefined;
  readonly subject: string | undefined;

  constructor(code: ErrorCode, { position, subject }: ErrorDetail = {}) {
    const about = subject === undefined ? '' : ` (${subject})`;
    const at = position === undefined ? '' : `, at ${position}`;
    super(`${code}: ${ERRORS[code]}${about}${at}`);
    this.code = code;
    this.position = position;
    this.subject = subject;
  }
}
