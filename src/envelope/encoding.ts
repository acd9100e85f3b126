/**
 * How content says that it is wrapped, in a header or beside it. Base64 is opened, judged and wrapped again; whatever else
 * there is (compression, encryption, names that nobody knows) cannot be scanned, and is never taken for plain text.
 */
import { CannotScan } from './cannot-scan.js';
import { isText } from './text.js';

export type Encoding = 'none' | 'base64' | 'unread';

const NONE = /^(|identity|none|text|plain|json|7bit|8bit|binary|utf-?8|(us-)?ascii)$/i;
const BASE64 = /^base-?64(-?url)?$/i;
/** Of a name that may as well be a tokeniser's encoding, or a table's. */
const WRAPPED =
  /^(base-?(16|32|58|85)|hex|x?-?(gzip|deflate|compress)|zlib|br|brotli|zstd|lz4|snappy|quoted-printable|(x-)?uu(encode)?|rot-?13|encrypted|jwe|aes.*)$/i;

/** Names of headers and members, without case and punctuation: of the content, and those that may be. */
const OF_CONTENT = /^(content|datacontent|contenttransfer)encoding$/;
const MAY_BE = /^(body|data|message|payload|transfer|value)?encoding$/;

export function namesEncoding(name: string): boolean {
  return /encoding$/i.test(name) && (OF_CONTENT.test(plain(name)) || MAY_BE.test(plain(name)));
}

function plain(name: string): string {
  return name.toLowerCase().replace(/^ce_/, '').replace(/[-_]/g, '');
}

/** What a header or a member of such a name says, if it is text. */
export function encodingSaid(name: string, value: string | undefined): Encoding {
  const said = value?.trim();
  if (said !== undefined && BASE64.test(said)) return 'base64';
  if (OF_CONTENT.test(plain(name))) return said !== undefined && NONE.test(said) ? 'none' : 'unread';
  return said !== undefined && WRAPPED.test(said) ? 'unread' : 'none';
}

/** Of two that are said, whatever their order: wrapped twice is not read. */
export function bothSaid(a: Encoding, b: Encoding): Encoding {
  return a === 'none' ? b : b === 'none' ? a : 'unread';
}

/** The text in base64 of either alphabet; it cannot be scanned if it is none, or could be read as something else. */
export function unwrapBase64(wrapped: string): string {
  const letters = wrapped.replace(/[\r\n\t ]+/g, '').replace(/={1,2}$/, '');
  const bytes = Buffer.from(letters, 'base64');
  const standard = letters.replaceAll('-', '+').replaceAll('_', '/');
  if (bytes.toString('base64').replace(/=+$/, '') !== standard || !isText(bytes))
    throw new CannotScan('content-binary');
  return bytes.toString();
}

/** In the alphabet that it came in. */
export function wrapBase64(text: string, before: string): string {
  return Buffer.from(text).toString(/[-_]/.test(before) ? 'base64url' : 'base64');
}
