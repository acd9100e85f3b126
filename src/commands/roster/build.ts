/** `sluice roster build`: sources in, a snapshot out, and a report of the rows that could not be taken. */
import { type Fault, RosterBuild } from '../../roster/build.js';
import { readSnapshot, writeSnapshot } from '../../roster/file.js';
import { Layer } from '../../roster/layer.js';
import { ROW_CODES } from '../../roster/row.js';
import { formatOf, piecesOf, ROSTER_FORMATS, type RosterFormat } from '../../roster/source.js';
import { EXIT, type Exit } from '../exit.js';
import { Failed, usage } from '../failure.js';
import { shownName } from '../names.js';
import { printable } from '../printable.js';
import { keysFrom, type RosterOptions } from './options.js';
import { readTopic } from './topic.js';

/** Faults that are printed, a line each. */
const FAULTS_SHOWN = 20;
const BAD_ROWS_MAX = 1_000_000;

export async function build(options: RosterOptions): Promise<Exit> {
  const { files, values } = options;
  if (files.length === 0 && values.topic === undefined)
    throw usage('build takes the files that patients are read from, or --topic');
  if (values.out === undefined) throw usage('--out says where the snapshot goes');
  const format = values.format === undefined ? undefined : formatNamed(values.format);
  const sources = [
    ...files.map((path) => ({ path, format: format ?? told(path), staff: false })),
    ...(values.staff === undefined ? [] : [{ path: values.staff, format: told(values.staff), staff: true }]),
  ];
  const faultsMax = wholeOf(values['bad-rows'] ?? '0');
  const keys = keysFrom(options);
  const base = values.base === undefined ? undefined : new Layer(readSnapshot(values.base, keys));
  const begun = performance.now();
  const building = new RosterBuild({ keys, now: new Date(), faultsMax, ...(base !== undefined && { base }) });
  if (values.topic !== undefined) await readTopic(building, values.topic, values, files.length + 1);
  for (const source of sources) building.read({ ...source, pieces: piecesOf(source.path) });
  const { report, image } = building.finish();
  if (image !== undefined) writeSnapshot(values.out, image);
  const seconds = (performance.now() - begun) / 1000;
  const faultCount = Object.values(report.faultsByCode).reduce((sum, count) => sum + count, 0);
  if (values.json === true) {
    const { faults, ...counts } = report;
    const bytes = image?.byteLength ?? 0;
    process.stdout.write(`${JSON.stringify({ ...counts, faults, bytes, seconds: Math.round(seconds * 10) / 10 })}\n`);
  } else {
    await tell(report.faults, files);
    for (const [code, count] of Object.entries(report.faultsByCode))
      process.stderr.write(`${String(count).padStart(9)}  ${code}: ${ROW_CODES[code as keyof typeof ROW_CODES]}\n`);
    process.stderr.write(
      `${report.patients} patients, ${report.staff} of staff, ${report.removed} removed, ${faultCount} rows left out, ` +
        `${report.columnsIgnored} columns that mean nothing here, ${seconds.toFixed(1)} s\n`,
    );
    if (image !== undefined) process.stderr.write(`${image.byteLength} bytes written\n`);
  }
  if (image === undefined)
    throw new Failed({ code: 'ROSTER_ROWS', subject: `${faultCount} rows; --bad-rows says how many may be left out` });
  return EXIT.clean;
}

/** Which rows, by the name of their file, which goes through the engine like any text. */
async function tell(faults: readonly Fault[], files: readonly string[]): Promise<void> {
  for (const { source, row, code } of faults.slice(0, FAULTS_SHOWN)) {
    const file = source < files.length ? await shownName(files[source]) : source === files.length ? 'staff' : 'topic';
    process.stderr.write(`${printable(file)}: row ${row}: ${code}\n`);
  }
  if (faults.length > FAULTS_SHOWN) process.stderr.write('and more of them: --json names a thousand\n');
}

function told(path: string): RosterFormat {
  const format = formatOf(path);
  if (format === undefined) throw usage('--format says how a file without .csv, .jsonl, .ndjson or .json is read');
  return format;
}

function formatNamed(name: string): RosterFormat {
  const format = ROSTER_FORMATS.find((one) => one === name);
  if (format === undefined) throw usage(`--format takes ${ROSTER_FORMATS.join(', ')}`);
  return format;
}

function wholeOf(text: string): number {
  const value = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= BAD_ROWS_MAX)) throw usage(`--bad-rows is a whole number up to ${BAD_ROWS_MAX}`);
  return value;
}
