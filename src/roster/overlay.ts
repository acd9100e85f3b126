/**
 * Changes of patients from compacted topics, laid over the rosters that were read from files as a delta that is made anew when
 * something has changed. Nothing counts before each topic was read to its end; a record that does not fit is left out alone, so
 * that it holds up nobody behind it, and what was good of its patient stays.
 */
import { createHash } from 'node:crypto';
import { SluiceError } from '../errors.js';
import { rosterChangesMax } from '../limits.js';
import { RosterBuilder } from './builder.js';
import { changeRow, type PatientRecord } from './change.js';
import { Layer } from './layer.js';
import { nameOf } from './layout.js';
import type { RostersImage } from './rosters.js';
import { type Patient, patientOf } from './row.js';

/** What the thread is told of a tenant's topic: reading begins, records, all that was there is read. */
export type Change = { readonly tenant: string } & (
  | { readonly kind: 'begin' | 'settle' }
  | { readonly kind: 'records'; readonly records: readonly PatientRecord[] }
);

interface Changes {
  readonly patients: Map<string, Patient>;
  /** Keys whose last record does not fit. */
  readonly faulty: Set<string>;
  /** More than may be have changed: none of it is laid over anything. */
  tooMany: boolean;
}

export class Overlay {
  /** Goes up with every change that counts. */
  version = 0;
  private readonly inForce = new Map<string, Changes>();
  private readonly loading = new Map<string, Changes>();

  constructor(private readonly tenants: readonly string[]) {}

  get isReady(): boolean {
    return this.tenants.every((tenant) => this.inForce.has(tenant));
  }

  get faults(): number {
    return [...this.inForce.values()].reduce((sum, { faulty }) => sum + faulty.size, 0);
  }

  hear(change: Change): void {
    const { tenant } = change;
    if (change.kind === 'begin') {
      this.loading.set(tenant, { patients: new Map(), faulty: new Set(), tooMany: false });
      return;
    }
    const changes = this.loading.get(tenant) ?? this.inForce.get(tenant);
    if (changes === undefined) return;
    if (change.kind === 'records') for (const record of change.records) take(changes, record);
    if (change.kind === 'settle') {
      this.inForce.set(tenant, changes);
      this.loading.delete(tenant);
      this.version++;
    }
  }

  /** Throws where a tenant has no snapshot to lay changes over, or a delta already. */
  over(files: RostersImage, secretOf: (tenant: string) => RostersImage['tenants'][number]['keys']): RostersImage {
    if (this.inForce.size === 0) return files;
    if (this.tenants.some((one) => files.tenants.every(({ keys }) => keys.tenant !== one)))
      throw new SluiceError('ROSTER_MISSING', { subject: 'of a tenant with a topic' });
    const digest = createHash('sha256').update(files.digest);
    const tenants = files.tenants.map((one) => {
      const changes = this.inForce.get(one.keys.tenant);
      if (changes === undefined) return one;
      if (one.image.delta !== undefined) throw new SluiceError('ROSTER_DELTA', { subject: 'in a file and in a topic' });
      if (changes.tooMany) throw new SluiceError('ROSTER_TOO_LARGE', { subject: 'a topic of changes' });
      const { base } = one.image;
      const builder = new RosterBuilder(secretOf(one.keys.tenant), new Layer(base));
      for (const patient of changes.patients.values()) builder.add(patient);
      const delta = builder.finish(new Date(0));
      digest.update(`\n${nameOf(new Uint8Array(delta))}`);
      return { ...one, image: { base, delta } };
    });
    return { ...files, digest: digest.digest('hex'), tenants };
  }
}

function take(changes: Changes, record: PatientRecord): void {
  const { patients, faulty } = changes;
  const row = changeRow(record);
  const patient = typeof row === 'string' ? row : patientOf(row, new Date().getUTCFullYear());
  const key = record.key ?? '';
  if (typeof patient === 'string' || patient.staff) {
    if (faulty.size < rosterChangesMax) faulty.add(key);
    return;
  }
  faulty.delete(key);
  if (patients.size < rosterChangesMax || patients.has(key)) patients.set(key, patient);
  else changes.tooMany = true;
}
