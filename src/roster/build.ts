/**
 * A roster from its sources, whole or not at all: rows that cannot be taken are reported by number and code, and if there are
 * more of them than somebody has allowed, there is no snapshot. A delta is read the same way, its last word on a patient counts.
 */
import { SluiceError } from '../errors.js';
import { RosterBuilder } from './builder.js';
import type { RosterKeys } from './keys.js';
import type { Layer } from './layer.js';
import { type Patient, patientOf, type RawRow, type RowCode } from './row.js';
import { type RosterFormat, readRows } from './source.js';

/** Faults that are named; the others are counted. */
export const faultsNamedMax = 1000;
/** Most patients of a delta: beyond it, build the whole. */
export const deltaPatientsMax = 1_000_000;

export interface Source {
  readonly pieces: Iterable<string>;
  readonly format: RosterFormat;
  /** Everybody in it works here, and is no patient. */
  readonly staff?: boolean;
}

export interface Fault {
  /** Which source, from 0, and which of its rows, from 1. */
  readonly source: number;
  readonly row: number;
  readonly code: RowCode;
}

export interface BuildReport {
  readonly patients: number;
  readonly staff: number;
  readonly removed: number;
  /** Columns that mean nothing here. */
  readonly columnsIgnored: number;
  readonly faults: readonly Fault[];
  readonly faultsByCode: Readonly<Partial<Record<RowCode, number>>>;
}

export interface BuildOptions {
  readonly keys: RosterKeys;
  readonly now: Date;
  /** What the delta is to be laid over. */
  readonly base?: Layer;
  /** Rows that may be left out. */
  readonly faultsMax?: number;
}

export interface Built {
  readonly report: BuildReport;
  /** Left out if there were too many faults. */
  readonly image?: SharedArrayBuffer;
}

export function buildRoster(sources: readonly Source[], { keys, now, base, faultsMax = 0 }: BuildOptions): Built {
  const builder = new RosterBuilder(keys, base);
  const year = now.getUTCFullYear();
  const faults: Fault[] = [];
  const faultsByCode: Partial<Record<RowCode, number>> = {};
  const newest = new Map<string, Patient>();
  let faultCount = 0;
  let staff = 0;
  let removed = 0;
  let columnsIgnored = 0;
  const enter = (patient: Patient): void => {
    if (patient.staff) staff++;
    if (patient.deleted) removed++;
    builder.add(patient);
  };
  const take = (patient: Patient): void => {
    if (base === undefined || patient.staff) {
      enter(patient);
      return;
    }
    newest.set(patient.charts[0], patient);
    if (newest.size > deltaPatientsMax)
      throw new SluiceError('ROSTER_TOO_LARGE', { subject: 'a delta: build the whole' });
  };
  sources.forEach((source, at) => {
    columnsIgnored += readRows(source.pieces, source.format, (row, number) => {
      const read = typeof row === 'string' ? row : patientOf(source.staff === true ? asStaff(row) : row, year);
      const patient = typeof read !== 'string' && read.deleted && base === undefined ? 'row-deleted' : read;
      if (typeof patient !== 'string') {
        take(patient);
        return;
      }
      faultCount++;
      faultsByCode[patient] = (faultsByCode[patient] ?? 0) + 1;
      if (faults.length < faultsNamedMax) faults.push({ source: at, row: number, code: patient });
    });
  });
  for (const patient of newest.values()) enter(patient);
  const report = { patients: builder.patients, staff, removed, columnsIgnored, faults, faultsByCode };
  return faultCount > faultsMax ? { report } : { report, image: builder.finish(now) };
}

function asStaff(row: RawRow): RawRow {
  return { ...row, staff: true };
}
