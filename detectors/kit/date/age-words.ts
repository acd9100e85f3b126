/**
 * The words around an age over 89: what makes a number one, and what shows that it is something else.
 */
import type { Doc } from '../../contract.js';
import { WordTable } from '../words.js';

export const enum Say {
  /** Years, in the ways that make a number an age by themselves: yo. */
  Old = 1,
  /** Years: an age only with "old" behind. */
  Year = 2,
  OldWord = 4,
  Sex = 8,
  /** What follows the sex in a one-line summary. */
  After = 16,
  Group = 32,
  /** Right before an age. */
  Before = 64,
  Heat = 128,
  Patient = 256,
  Format = 512,
  OtherUnit = 1024,
  Beyond = 2048,
  /** Between an age label and its number. */
  Points = 4096,
  /** Right before an age that nothing follows: turned 92. */
  Told = 8192,
  /** Whose age a copula tells: she is 94. */
  Whose = 16384,
  Copula = 32768,
  /** After a copula and a number, what shows that it was no age. */
  Measure = 65536,
}

const WORDS = new WordTable([
  [Say.Old, 'yo yof yom yowf yowm yobf yobm yoa yrold yearold'],
  [Say.Year, 'year years yr yrs y'],
  [Say.OldWord, 'old o of'],
  [Say.Sex, 'f m male female woman man lady gentleman w'],
  [
    Say.After,
    'with w c p s h hx who from admitted presenting presents presented here pmh pmhx found brought bib bibems is was comes status and in resident',
  ],
  [
    Say.Group,
    'adults people persons patients those individuals women men ages residents seniors subjects participants elderly citizens ranging range between population',
  ],
  [Say.Before, 'aged age turned turns turning is'],
  [Say.Heat, 't temp temperature tmax fever febrile temps tmp degrees'],
  [Say.Patient, 'patient pt a an this the'],
  [Say.Format, 'yrs years y yr in at of is sex gender now currently'],
  [
    Say.OtherUnit,
    'months month mo mos days day d weeks week wk wks hours hrs minutes percent percentile mg m degrees degree lbs kg bpm times dollars bucks miles cents pounds per fever',
  ],
  [Say.Points, 'is was of age at be being birthday'],
  [Say.Told, 'aged age turned turning turns'],
  [
    Say.Whose,
    'he she i patient pt resident who grandma grandpa grandmother grandfather mom dad mum nana veteran nonna nonno abuela abuelo oma opa',
  ],
  [Say.Copula, 'is was s am m now'],
  [
    Say.Measure,
    'on in at over ra room degrees degree lbs pounds kg beats bpm sat sats oxygen points for minutes out feet inches cm mm',
  ],
  [Say.Beyond, 'older above over up greater plus beyond'],
]);

/** The bits of a word; a redacted token, whose hash is 0, says nothing. */
export const says = (doc: Doc, t: number): number => (t >= 0 && t < doc.count ? WORDS.get(doc.hash[t] | 0) : 0);
