/** Texts for property tests: our own corpus, torn and mixed by fast-check, and strings that bait slow readers. */
import fc from 'fast-check';
import { generate } from '../../fixtures/corpus/index.js';

/** Documents of every style, chosen by seed; of the open half, since failing tests print their text. */
export const documents = (): fc.Arbitrary<string> =>
  fc.integer({ min: 1, max: 1_000_000 }).map((seed) => {
    for (const document of generate({ seed, count: 1, half: 'open' })) return document.text;
    return '';
  });

const SIGNS = ['-', '.', ',', ':', '/', '@', '#', '(', ')', '[', ']', '{', '}', '"', "'", '\\', '|', '^', '~', '+', '=', '_', '*', ' ', '\n', '\t'];
const ODD = ['\u0000', '\u200b', '\u0301', '\ud83d\ude00', '\ud800', '\udc00', '\uffff', '\ufffe', 'é', 'Ω', 'ж', '１', 'Ａ', '\u00a0', '—', '’', 'ﬁ', '\u{1d400}', '中'];
const WORDS = ['MRN', 'Dr.', 'SSN', 'John', 'Smith', 'May', 'on', 'is', 'DOB', 'fax', 'phone', 'St', 'Ave', 'Boston', 'MA', '02118', '12', '1987', '555', '0142', 'www', 'com', 'plate', 'serial', '[NAME-1]', '[MRN:ABCDEFGHIJKLMNOP]'];

/** Pieces of documents, signs and odd characters in any order. */
export const torn = (): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...WORDS),
        fc.constantFrom(...SIGNS),
        fc.constantFrom(...ODD),
        fc.stringMatching(/^[A-Za-z0-9]{1,12}$/),
        fc.tuple(documents(), fc.nat(2000), fc.nat(60)).map(([text, at, length]) => text.slice(at % (text.length + 1), (at % (text.length + 1)) + length)),
      ),
      { maxLength: 60 },
    )
    .map((pieces) => pieces.join(''));

/** Each is repeated to any length: near misses of what detectors look for. */
export const BAITS = [
  'a', '1', '1 ', 'a ', 'A. ', '1-', '12-', '123-45-', '1.', '1.2.', '1/', '12/31/', '2024-', '(', '((', '(555) ', '+1 ', '+1(', 'x', '@', 'a@', 'a.', 'a@b.', 'a-', 'a_', '::', '1::', 'fe80:', 'AA:', 'a1', 'A1 ', 'A1-', '0x', 'http://', 'http://a/', 'www.', '?a=b&', 'data:image/png;base64,', 'data:image/png;base64,AAAA', 'MRN ', 'MRN: ', 'MRN is ', 'patient ', 'patient name is ', 'DOB ', 'Dr. ', 'Dr. A. ', 'Mr. Smith ', 'John Smith ', 'Smith, John ', 'SMITH^JOHN^', "O'", "O'Neil ", 'van der ', 'Mary-Ann-', 'May ', 'May 3 ', 'the 3rd of ', 'January ', 'St. ', '12 Main St ', '12 Main ', 'Main St ', 'Boston, ', 'Boston, MA ', 'MA 02118 ', 'P.O. Box ', 'PO Box 1 ', 'Mercy ', 'Mercy Hospital ', 'Hospital ', '(01)', '(01)00012345678905', '(21)A', '+A123', '=/', '1HGCM82633A004352 ', 'VIN ', 'plate ', '4111 1111 ', '4111111111111111 ', 'GB82 WEST ', 'GB82', 'XXX-XX-', '***-**-', '[', '[NAME-', '[MRN:', '{', '{"a":', '[[', '["a",', '"', '\\', '\\u0041', '\n', '\r\n', '\t', ' ', '. . ', '| ', '^', '~', '\u0301', 'e\u0301', '\u200b', '\ud800', '\u{1f600}', '１', 'Ａ', 'lat 42.1, ', '42.3601° N ', 'ICD-10 ', 'fingerprint ', 'IMG_0001.jpg ', 'face.png ', '1.2.840.', 'PID|1||', 'fax ', 'fax: 617-555-', 'NPI ', 'age 94 ', '94-year-old ',
];
