/** The help of `sluice scan`: what it is for, how it is used, and every option, from the table that reads them. */
import { textUnitsMax } from '../../limits.js';
import { optionLines } from '../arguments.js';
import { EXIT_MEANING } from '../exit.js';
import { OPTION_GROUPS } from './options.js';

export function help(): string {
  const options = Object.entries(OPTION_GROUPS).map(([group, table]) => `${group}\n${optionLines(table)}\n`);
  const exits = Object.entries(EXIT_MEANING).map(([code, meaning]) => `  ${code.padEnd(5)}${meaning}\n`);
  return `sluice scan: finds what identifies a patient, and takes it out

Usage: sluice scan [options] [FILE or FOLDER…]

Reads files, folders with all in them, or a pipe (no file, or -), and prints
them with names, dates, numbers and the other HIPAA identifiers replaced.
Nothing is written anywhere else, and nothing leaves this machine. What cannot
be scanned is not printed: an error on stderr says what and where, and the exit
code is 3.

Examples
  The note, redacted
    sluice scan note.txt
  What is on the clipboard (macOS), redacted
    pbpaste | sluice scan | pbcopy
  Where what stands, in all files of a folder; and how much of it there is
    sluice scan --findings charts/
    sluice scan --report charts/
  The same person gets the same code in all files, and nobody can guess it
    sluice scan --style hash --key-file secret.key charts/
  A check for CI: ends with 1 if there is anything to find
    sluice scan --fail-on-findings --findings test/data/
  A gate for a program: {"id":7,"text":"MRN: 00482913"} comes back as
  {"id":7,"findings":[{"start":5,"end":13,…}],"text":"MRN: [MRN-1]"}
    agent | sluice scan --format jsonl --redact --threads 4

${options.join('\n')}
Exit codes
${exits.join('')}
In folders, node_modules, hidden folders, links and binary files are passed by.
A document has at most ${textUnitsMax / 1024 ** 2} Mi characters; there may be any number of JSON lines.
Positions are of the document: with JSON lines, of the line or of its "text".
Names of files appear on stdout as they are, on stderr redacted.
`;
}
