/**
 * What went wrong, as plain data that crosses threads and can be printed as it is: a code, a place and our own words.
 * It joins the engine's coded errors with those that only a command line can have; foreign errors lose their message,
 * because parsers quote what they read.
 */
import { ERRORS, SluiceError } from '../errors.js';
import { EXIT, type Exit } from './exit.js';

export const COMMAND_ERRORS = {
  INPUT_NOT_JSON: 'The input is not valid JSON',
  RECORD_INVALID: 'A record is not an object with a string "text" and a string or number "id"',
  THREAD_DIED: 'A worker thread died: what it held was not scanned',
  NOT_FOUND: 'There is nothing of that name',
  INTERNAL: 'The command failed within: no verdict',
} as const;

export const ALL_ERRORS = { ...ERRORS, ...COMMAND_ERRORS } as const;
export type FailureCode = keyof typeof ALL_ERRORS;

export interface Failure {
  readonly code: FailureCode;
  /** Offset in the document; of a byte where the bytes are at fault. */
  readonly position?: number | undefined;
  /** In our own words, never taken from the input. */
  readonly subject?: string | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

const USAGE = new Set<FailureCode>([
  'USAGE',
  'OPTION_INVALID',
  'KEY_MISSING',
  'KEY_TOO_SHORT',
  'SETTING_INVALID',
  'SETTING_UNKNOWN',
  'POLICY_INVALID',
]);

/** A failure on its way to the person. */
export class Failed extends Error {
  override readonly name = 'Failed';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(sentence(failure));
    this.failure = failure;
  }
}

export function usage(subject: string): Failed {
  return new Failed({ code: 'USAGE', subject });
}

export function failureOf(error: unknown): Failure {
  if (error instanceof Failed) return error.failure;
  if (error instanceof SluiceError) return { code: error.code, position: error.position, subject: error.subject };
  return { code: 'INTERNAL' };
}

export function exitOf({ code }: Failure): Exit {
  return USAGE.has(code) ? EXIT.usage : EXIT.failed;
}

/** `name` is what to call the file: see `names.ts`. */
export function sentence({ code, subject, position, line }: Failure, name?: string): string {
  const place = name === undefined ? '' : `${name}${line === undefined ? '' : `:${line}`}: `;
  const about = subject === undefined ? '' : ` (${subject})`;
  const at = position === undefined ? '' : `, at ${code === 'INPUT_NOT_UTF8' ? 'byte ' : ''}${position}`;
  return `${place}${code}: ${ALL_ERRORS[code]}${about}${at}`;
}
