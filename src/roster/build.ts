/**
 * A roster from its sources, whole or not at all: rows that cannot be taken are reported by number and code, and if there are
 * more of them than somebody has allowed, there is no snapshot. A delta is read the same way, its last word on a patient counts.
 */
import { SluiceError } from '../errors.js';
import { RosterBuilder } from './builder.js';
import type { Take } from './csv.js';
import type { RosterKeys } from './keys.js';
import type { Layer } from './layer.js';
import { PlainRows } from './plain-row.js';
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

export function buildRoster(sources: readonly Source[], options: BuildOptions): Built {
  const build = new RosterBuild(options);
  for (const source of sources) build.read(source);
  return build.finish();
}

/** For sources that come piece by piece. */
export class RosterBuild {
  private readonly builder: RosterBuilder;
  private readonly faults: Fault[] = [];
  private readonly faultsByCode: Partial<Record<RowCode, number>> = {};
  private readonly newest = new Map<string, Patient>();
  private sources = 0;
  private faultCount = 0;
  private staff = 0;
  private removed = 0;
  private columnsIgnored = 0;

  constructor(private readonly options: BuildOptions) {
    this.builder = new RosterBuilder(options.keys, options.base);
  }

  /** Whether it is laid over another. */
  get isDelta(): boolean {
    return this.options.base !== undefined;
  }

  read({ pieces, format, staff }: Source): void {
    const source = this.sources++;
    const { now } = this.options;
    const plain = this.isDelta || staff === true ? undefined : new PlainRows(this.builder.drafts, now.getUTCFullYear());
    const take: Take = (row, number) =>
      this.take(typeof row === 'string' || staff !== true ? row : asStaff(row), number, source);
    this.columnsIgnored += readRows(pieces, format, take, plain);
  }

  take(row: RawRow | RowCode, number: number, source = 0): void {
    const { base, now } = this.options;
    const read = typeof row === 'string' ? row : patientOf(row, now.getUTCFullYear());
    const patient = typeof read !== 'string' && read.deleted && base === undefined ? 'row-deleted' : read;
    if (typeof patient !== 'string') {
      this.keep(patient);
      return;
    }
    this.faultCount++;
    this.faultsByCode[patient] = (this.faultsByCode[patient] ?? 0) + 1;
    if (this.faults.length < faultsNamedMax) this.faults.push({ source, row: number, code: patient });
  }

  finish(): Built {
    for (const patient of this.newest.values()) this.enter(patient);
    const { builder, staff, removed, columnsIgnored, faults, faultsByCode, faultCount, options } = this;
    const report = { patients: builder.patients, staff, removed, columnsIgnored, faults, faultsByCode };
    return faultCount > (options.faultsMax ?? 0) ? { report } : { report, image: builder.finish(options.now) };
  }

  private keep(patient: Patient): void {
    const { newest } = this;
    if (this.options.base === undefined || patient.staff) {
      this.enter(patient);
      return;
    }
    newest.set(patient.charts[0], patient);
    if (newest.size > deltaPatientsMax)
      throw new SluiceError('ROSTER_TOO_LARGE', { subject: 'a delta: build the whole' });
  }

  private enter(patient: Patient): void {
    if (patient.staff) this.staff++;
    if (patient.deleted) this.removed++;
    this.builder.add(patient);
  }
}

function asStaff(row: RawRow): RawRow {
  return { ...row, staff: true };
}
