/**
 * A file of lists in YAML or JSON, for people: read as a whole, with the line of whatever is wrong. Anchors, aliases, tags
 * and members that stand there twice are refused: who reviews it sees what counts.
 */
import { createHash } from 'node:crypto';
import { directoryFileBytesMax, handleUnitsMax } from '../limits.js';
import { readYaml } from '../policy/yaml.js';
import { DirectoryRefused, type Fault, type FaultCode } from './fault.js';
import { type Part, PartBuilder } from './part.js';
import { readRow } from './read-row.js';
import { LISTS, type List } from './rows.js';

const VERSION = '1.0';
const HEAD = ['version', 'tenant'];

type Path = readonly (string | number)[];

export function readDocument(bytes: Buffer, file: string, key: Uint8Array, tenant: string): Part {
  const read = readYaml(bytes, directoryFileBytesMax);
  if (!('value' in read)) {
    throw new DirectoryRefused(
      read.map(({ code, place: { line } }) => ({ file, line, code: CODES[code] ?? 'not-yaml' })),
    );
  }
  const faults: Fault[] = [];
  const placeOf = (path: Path) => ({ file, line: read.placeOf(path).line });
  const refuse = (code: FaultCode, path: Path, known?: readonly string[]): void => {
    const [member] = path;
    faults.push({ ...placeOf(path), code, ...(typeof member === 'string' && { member }), ...(known && { known }) });
  };
  const tree = treeOf(read.value);
  if (tree === undefined) refuse('wrong-type', []);
  const { version, tenant: said = tenant, ...lists } = tree ?? {};
  if (typeof said !== 'string' || said.trim() === '' || said.length > handleUnitsMax) refuse('not-text', ['tenant']);
  if (version !== undefined && version !== VERSION) refuse('not-one-of', ['version'], [VERSION]);
  const builder = new PartBuilder(key, String(said));
  for (const [list, rows] of Object.entries(lists)) {
    if (!Object.hasOwn(LISTS, list)) {
      // The name may be a value in the wrong place.
      faults.push({ file, line: read.placeOf([list], 'key').line, code: 'unknown-list', known: KNOWN });
      continue;
    }
    if (!Array.isArray(rows)) {
      if (rows !== null) refuse('not-a-list', [list]);
      continue;
    }
    rows.forEach((row: unknown, i) => {
      const place = { ...placeOf([list, i]), member: `${list}[${i}]` };
      const read = readRow(LISTS[list as List], row, place);
      if ('faults' in read) faults.push(...read.faults);
      else builder.enter(read.kind, read.row, place);
    });
  }
  if (faults.length > 0) throw new DirectoryRefused(faults);
  return builder.part(createHash('sha256').update(bytes).digest('hex'));
}

const KNOWN = [...HEAD, ...Object.keys(LISTS)];

/** What the reader of YAML calls it. */
const CODES: Readonly<Record<string, FaultCode>> = {
  'too-large': 'too-large',
  'not-utf8': 'not-utf8',
  'key-duplicate': 'repeated-member',
};

/** An empty file is an empty mapping. */
function treeOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (value === null) return {};
  return typeof value === 'object' && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
}
