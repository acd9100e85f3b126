/** The help of `sluice scan`: what it is for, how it is used, and every option, from the table that reads them. */
import { optionLines } from '../arguments.js';
import { EXIT_MEANING } from '../exit.js';
import { OPTION_GROUPS } from './options.js';

export function help(): string {
  const options = Object.entries(OPTION_GROUPS).map(([group, table]) => `${group}\n${optionLines(table)}\n`);
  const exits = Object.entries(EXIT_MEANING).map(([code, meaning]) => `  ${code.padEnd(5)}${meaning}\n`);
  return `sluice scan: finds what identifies a patient, and takes it out

Usage: sluice scan [options] [FILE or FOLDER…]

Reads files, folders with all in them, or a pipe (no file, or -), and prints them
with names, dates, numbers and the other HIPAA identifiers replaced. Nothing is
written anywhere else, and nothing leaves this machine. What cannot be scanned is
not printed: an error on stderr says what and where, and the exit code is 3.

Examples
  sluice scan note.txt                       the note, redacted
  pbpaste | sluice scan | pbcopy             what is on the clipboard, redacted
  sluice scan --findings charts/             where what stands, file by file
  sluice scan --report charts/               how much of what, and how fast
  sluice scan --style hash --key-file k a.json
                                             the same person gets the same code in all files
  sluice scan --fail-on-findings -q src/ >/dev/null
                                             a check for CI: ends with 1 if there is any
  agent | sluice scan --format jsonl --redact --threads 4
                                             {"id":7,"text":"MRN: 00482913"} becomes
                                             {"id":7,"findings":[{"start":5,…}],"text":"MRN: [MRN-1]"}

${options.join('\n')}
Exit codes
${exits.join('')}
In folders, node_modules, hidden folders, links and binary files are passed by.
A document has at most 16 Mi characters; pipes of JSON lines may be of any length.
Positions are of the document: with JSON lines, of the line or of its "text".
Names of files appear on stdout as they are, on stderr redacted.
`;
}
