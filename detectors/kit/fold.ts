/**
 * What each UTF-16 code unit means to the engine: its folded form for hashing, its plain form for reading, its class.
 * Build-time only: the lexicon compiler asks once for every unit and writes the answers into tables.
 */

/** In the plain table: the unit has no meaning of its own and is left out (zero-width signs, combining marks). */
export const DROP = 0xffff;
/** In the plain table: one unit is not enough, normalise the character it belongs to (surrogates, ligatures). */
export const EXPAND = 0xfffe;

/** Classes of code units, as in the `charClass` table. */
export const enum Char {
  /** Any sign that is none of the following. */
  Sign = 0,
  Lower = 1,
  /** Upper or title case. */
  Upper = 2,
  /** A letter of a script without case, or a spacing vowel sign that belongs to one. */
  Uncased = 3,
  /** An ASCII digit. */
  Digit = 4,
  /** Space, tab and every other blank on a line. */
  Blank = 5,
  LineBreak = 6,
  /** U+FFFF, which the engine puts between the leaves of a document. */
  Leaf = 7,
}

/** Letters of other scripts that look just like a Latin letter. Greek letters that medicine writes are left alone. */
const LOOK_ALIKES: readonly (readonly [string, string])[] = [
  // Cyrillic
  ['АВЕЅІЈКМНОРСТХУҮԌԚԜӀҺԀ', 'ABESIJKMHOPCTXYYGQWIHD'],
  ['аеорсухіјѕԁԛԝѵһӏԍ', 'aeopcyxijsdqwvhlg'],
  // Greek
  ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ', 'ABEZHIKMNOPTYXCJ'],
  ['οϲϳ', 'ocj'],
  // Armenian
  ['ՕՍԼ', 'OUL'],
  ['օսոհցզ', 'ounhgq'],
  // Cherokee
  ['ᎠᎡᎢᎪᎫᎬᎳᎷᎻᎽᏃᏒᏔᏕᏙᏚᏞᏟᏢᏦᏀᏴ', 'DRTAJEWMHYZRWSVSLCPKGB'],
  ['ᎥᎵᏂᏏᏧ', 'iPhbd'],
  // Lisu
  ['ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ', 'BPDTGKJCZFMNLSRVHWXYAEIOU'],
  // Latin small capitals and letters of phonetic alphabets
  ['ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ', 'abcdefghijklmnoprstuvwyz'],
  ['ɑɡſɩ', 'agsi'],
];

/** Latin letters that Unicode does not take apart, with the letter that people type instead. */
const PLAIN_LATIN: readonly (readonly [string, string])[] = [
  ['ØÐÞŁĐĦŦÆŒƁƇƊƑƓƘŊƝƠƤƬƯƲƳƵȤɃɄɎẞƏƐƎƆ', 'odtldhtaobcdfgknnoptuvyzzbuyseeeo'],
  ['øðþłđħŧæœɓƈɗƒɠƙŋɲơƥƭưʋƴƶȥƀʉɏßəɛǝɔ', 'odtldhtaobcdfgknnoptuvyzzbuyseeeo'],
  ['ıȷĸŀĿŉ', 'ijklln'],
];

/** Signs that people and word processors use in the place of an ASCII sign. */
const PLAIN_SIGNS: readonly (readonly [string, string])[] = [
  ['-', '\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u02d7\u2796\ufe31\ufe32\ufe58\ufe63\uff0d'],
  ["'", '\u2018\u2019\u201a\u201b\u02b9\u02bb\u02bc\u02bd\u02c8\u02ca\u02cb\u00b4\u2032\u2039\u203a\ua78c\uff07'],
  ['"', '\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u02ba\u301d\u301e\u301f\uff02'],
  ['/', '\u2044\u2215\u29f8'],
  [':', '\u2236\ua789\u02d0'],
  ['.', '\u3002\uff61\u0701\u0702'],
  [',', '\u3001\uff64\u060c'],
  ['~', '\u02dc\u223c\u301c'],
  ['*', '\u2217\u204e'],
  ['|', '\u2223\u01c0'],
  [' ', '\u2800\ufffe\uffff'],
  ['\n', '\u0085\u2028\u2029'],
];

const paired = (pairs: readonly (readonly [string, string])[]): Map<number, number> => {
  const map = new Map<number, number>();
  for (const [from, to] of pairs) {
    if (from.length !== to.length) throw new Error(`fold: ${from} and ${to} differ in length`);
    for (let i = 0; i < from.length; i++) map.set(from.charCodeAt(i), to.charCodeAt(i));
  }
  return map;
};

const lookAlikes = paired(LOOK_ALIKES);
const plainLatin = paired(PLAIN_LATIN);
const plainSigns = new Map<number, number>();
for (const [to, from] of PLAIN_SIGNS) for (const sign of from) plainSigns.set(sign.charCodeAt(0), to.charCodeAt(0));

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;

/** Digits of one script stand in a row of ten that begins at a code ending in 0 or 6. */
const digitValue = (code: number): number => {
  const row = code & ~15;
  return code - (/\p{Nd}/u.test(String.fromCharCode(row)) ? row : row + 6);
};

/**
 * The plain form of a unit: the ASCII character that it stands for, with its case; itself if there is none, as for
 * accented letters and other scripts; `DROP` or `EXPAND`. ASCII from the tab on is its own plain form.
 */
export function plainUnit(code: number): number {
  // NUL and its like are seen by nobody: text in UTF-16 that was taken for UTF-8 has one behind each letter.
  if (code < 0x80) return code < 0x09 ? DROP : code;
  if (isSurrogate(code)) return EXPAND;
  const known = plainSigns.get(code) ?? lookAlikes.get(code);
  if (known !== undefined) return known;
  const char = String.fromCharCode(code);
  if (/[\p{Mn}\p{Me}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/u.test(char)) return DROP;
  if (/\p{Zs}/u.test(char)) return 0x20;
  if (/\p{Nd}/u.test(char)) return 0x30 + digitValue(code);
  // Superscripts stay what they are: in "Smith²" and "kg/m²" they are no part of the word.
  if (/[\p{Lm}\u00aa\u00b2\u00b3\u00b9\u00ba\u2070-\u207f\u2120\u2122]/u.test(char)) return code;
  const compatible = char.normalize('NFKC');
  if (/^[!-~]$/.test(compatible)) return compatible.charCodeAt(0);
  if (/^[A-Za-z0-9]{2,}$/.test(compatible)) return EXPAND;
  if (/^\p{L}{2,}$/u.test(compatible) && /[\p{Script=Latin}\p{Script=Armenian}]/u.test(char)) return EXPAND;
  return code;
}

/** The folded form of a unit, for hashing: lower case, without diacritics, Latin where it only looks otherwise. */
export function foldUnit(code: number): number {
  if (code < 0x80) return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
  if (isSurrogate(code)) return code;
  const plain = plainUnit(code);
  if (plain < 0x80) return foldUnit(plain);
  const latin = plainLatin.get(code);
  if (latin !== undefined) return latin;
  const char = String.fromCharCode(code);
  if (!/[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\u00b5]/u.test(char)) return code;
  const lower = char.toLowerCase().normalize('NFKD').charCodeAt(0);
  return lower === code ? code : foldUnit(lower);
}

/** The class of a unit, as it is written: digits of other scripts become digits only in plain form. */
export function classOfUnit(code: number): Char {
  if (code === 0xffff) return Char.Leaf;
  if (isSurrogate(code)) return Char.Sign;
  const char = String.fromCharCode(code);
  if (/[\n\v\f\r\u0085\u2028\u2029]/.test(char)) return Char.LineBreak;
  if (/[\t\p{Zs}]/u.test(char)) return Char.Blank;
  if (/[0-9]/.test(char)) return Char.Digit;
  if (/\p{Ll}/u.test(char)) return Char.Lower;
  if (/[\p{Lu}\p{Lt}]/u.test(char)) return Char.Upper;
  // The ordinal signs are letters to Unicode, but people write "37ºC" with them.
  if (/[\p{Lo}\p{Lm}\p{Mc}]/u.test(char) && !/[ªº]/.test(char)) return Char.Uncased;
  return Char.Sign;
}
