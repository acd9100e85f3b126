/**
 * Dates with the month in the words of other languages that patients and their families write: "13 de marzo de 2023", "le 3 mars",
 * "3. März 1948", "5 maggio 1939", "tres de junio de mil novecientos sesenta y uno". Read at the month. Months that are names or
 * words as well need more than a number before them.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { isDigits, lengthOf, numberAt } from '../read.js';
import { words } from '../word-set.js';
import { WordTable } from '../words.js';
import { isYear } from './calendar.js';
import { done, Form, isShort, written } from './written.js';

/** Of months that are names, places or words as well. */
const DOUBTFUL = 16;

const MONTHS = new WordTable([
  [1, 'enero janvier januar janner gennaio janeiro januari'],
  [2, 'febrero fevrier februar febbraio fevereiro februari'],
  [3, 'maart'],
  [3 | DOUBTFUL, 'marzo mars marz marco'],
  [4, 'aprile'],
  [4 | DOUBTFUL, 'abril avril'],
  [5, 'maggio maio'],
  [5 | DOUBTFUL, 'mayo mai mei'],
  [6, 'junio juin giugno junho'],
  [6 | DOUBTFUL, 'juni'],
  [7, 'juillet luglio julho'],
  [7 | DOUBTFUL, 'julio juli'],
  [8, 'agosto aout'],
  [8 | DOUBTFUL, 'augustus'],
  [9, 'septiembre setiembre septembre settembre setembro'],
  [10, 'octubre octobre oktober ottobre outubro'],
  [11, 'noviembre novembre novembro'],
  [12, 'diciembre decembre dezember dicembre dezembro'],
]);
const MONTH = DOUBTFUL - 1;

const DAYS = new WordTable([
  [1, 'primero uno premier primo primeiro'],
  [2, 'dos deux due dois'],
  [3, 'tres trois tre'],
  [4, 'cuatro quatre quattro quatro'],
  [5, 'cinco cinq cinque'],
  [6, 'seis six sei'],
  [7, 'siete sept sette sete'],
  [8, 'ocho huit otto oito'],
  [9, 'nueve neuf nove'],
  [10, 'diez dix dieci dez'],
  [11, 'once onze undici'],
  [12, 'doce douze dodici doze'],
  [13, 'trece treize tredici treze'],
  [14, 'catorce quatorze quattordici catorze'],
  [15, 'quince quinze quindici'],
  [16, 'dieciseis seize sedici dezesseis'],
  [17, 'diecisiete diciassette dezessete'],
  [18, 'dieciocho diciotto dezoito'],
  [19, 'diecinueve diciannove dezenove'],
  [20, 'veinte vingt venti vinte'],
  [21, 'veintiuno ventuno'],
  [22, 'veintidos ventidue'],
  [23, 'veintitres ventitre'],
  [24, 'veinticuatro ventiquattro'],
  [25, 'veinticinco venticinque'],
  [26, 'veintiseis ventisei'],
  [27, 'veintisiete ventisette'],
  [28, 'veintiocho ventotto'],
  [29, 'veintinueve ventinove'],
  [30, 'treinta trente trenta trinta'],
]);
const TENS_MIN = 20;

/** Between day and month, month and year. */
const JOINTS = words('de del d di do dell');
/** Words of a spoken year: mil novecientos sesenta y uno, dos mil cinco, ochenta. */
const YEARS = words(
  'mil novecientos dos veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa y uno tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince ' +
    'dieciseis diecisiete dieciocho diecinueve veintiuno veintidos veintitres veinticuatro veinticinco',
);
const YEAR_WORDS_MAX = 6;
const AND = words('y e et und');
/** Before a day: le 3 mars, el 5 mayo, am 3. Mai, lunedi 4 aprile. */
const LEADS = words(
  'le du au des ce el al il dal dia am vom bis zum den ab seit depuis op van tot em no na ' +
    'lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag mittwoch donnerstag freitag samstag sonntag ' +
    'lunes martes miercoles jueves viernes sabado domingo lunedi martedi mercoledi giovedi venerdi domenica ' +
    'nee ne nato nata nacido nacida nascido nascida geboren geb fecha fecit data date datum',
);

/** The date around a month of another language at `m`. */
export function foreignDateAt(doc: Doc, m: number): Form {
  const month = MONTHS.get(doc.hash[m] | 0);
  if (month === 0) return Form.None;
  written.month = month & MONTH;
  written.day = 0;
  written.year = 0;
  const joined = m > 1 && doc.gap[m] === Gap.Blank && JOINTS.has(doc.hash[m - 1]);
  const elided = m > 1 && doc.gap[m] === Gap.Apostrophe && JOINTS.has(doc.hash[m - 1]);
  const d = joined || elided ? m - 2 : m - 1;
  const stopped = doc.gap[m] === Gap.Stop;
  const first = d < 0 || !isNear(doc, joined || elided ? m - 1 : m) ? -1 : dayFrom(doc, d, joined);
  const year = yearAfter(doc, m);
  if (first < 0) return year >= 0 && written.year > 0 ? done(doc, Form.MonthYear, m, year) : Form.None;
  if (month & DOUBTFUL && year < 0 && !joined && !stopped && !(first > 0 && LEADS.has(doc.hash[first - 1])))
    return Form.None;
  return done(doc, year >= 0 ? Form.Full : Form.MonthDay, first, year >= 0 ? year : m);
}

const NEAR = (1 << Gap.Blank) | (1 << Gap.Stop) | (1 << Gap.Hyphen);

const TIES = (1 << Gap.Dot) | (1 << Gap.Slash) | (1 << Gap.Colon);

const isNear = (doc: Doc, t: number): boolean => ((1 << doc.gap[t]) & NEAR) !== 0;

/** The first token of the day that ends at `d`: 13, 1er, 1º, trece, treinta y uno; -1 if there is none. */
function dayFrom(doc: Doc, d: number, joined: boolean): number {
  if (isShort(doc, d)) {
    const value = numberAt(doc, d);
    // 14:21, 3.21 and 7/21 are no days.
    const tied = d > 0 && (TIES >>> doc.gap[d]) & 1 && isDigits(doc, d - 1);
    return value >= 1 && value <= 31 && !tied ? d : -1;
  }
  if (doc.shape[d] === Shape.AlnumShort) return isFirst(doc, d) ? d : -1;
  if (!joined) return -1;
  const value = DAYS.get(doc.hash[d] | 0);
  if (value === 0) return -1;
  const tens = d > 1 && AND.has(doc.hash[d - 1]) ? DAYS.get(doc.hash[d - 2] | 0) : 0;
  return tens >= TENS_MIN && value < 10 ? d - 2 : d;
}

/** 1er, 1º, 1o */
const isFirst = (doc: Doc, d: number): boolean =>
  doc.text[doc.start[d]] === 0x31 && lengthOf(doc, d) <= 3 && (doc.text[doc.start[d] + 1] | 0x20) > 0x60;

/** The last token of the year behind a month: 1951, de 2023, del ochenta, de mil novecientos sesenta y uno; -1 if there is none. */
function yearAfter(doc: Doc, m: number): number {
  let t = m + 1;
  if (t >= doc.count || !isNear(doc, t)) return -1;
  const joined = doc.gap[t] === Gap.Blank && JOINTS.has(doc.hash[t]);
  if (joined) t++;
  if (t >= doc.count || !isNear(doc, t)) return -1;
  if (doc.shape[t] === Shape.Digits4) {
    const year = numberAt(doc, t);
    if (!isYear(year)) return -1;
    written.year = year;
    return t;
  }
  if (!joined) return -1;
  if (doc.shape[t] === Shape.Digits2 && numberAt(doc, t) > 31) return t;
  let last = -1;
  for (let k = t; k < doc.count && k - t < YEAR_WORDS_MAX && doc.gap[k] === Gap.Blank && YEARS.has(doc.hash[k]); k++)
    if (!AND.has(doc.hash[k])) last = k;
  return last;
}
