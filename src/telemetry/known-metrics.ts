/**
 * Directory and rosters for Prometheus: how much they know, what became of their changes, whether what was said last cannot be
 * put in force, and what they have kept apart.
 */
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Committed, DirectoryTold, RosterTold } from './events.js';

/** Codes of decisions that are about somebody else's data. */
const CONTAMINATION: ReadonlySet<string> = new Set(['other-patient', 'other-tenant', 'mixed-record', 'bulk-retrieval']);

export class KnownMetrics {
  /** Sources of the directory that say something else than what is in force. */
  private readonly refusedSources = new Set<string>();
  private rosterIsRefused = false;
  private patients = 0;
  private values = 0;
  private readonly directoryChanges: Counter;
  private readonly rosterChanges: Counter;
  private readonly contamination: Counter;

  constructor(registry: Registry) {
    const counter = (name: string, help: string, labelNames: readonly string[]): Counter =>
      new Counter({ name: `sluice_${name}`, help, labelNames, registers: [registry] });
    this.directoryChanges = counter('directory_changes_total', 'Changes of the directory by what became of them', [
      'source',
      'outcome',
    ]);
    this.rosterChanges = counter('roster_changes_total', 'Changes of the rosters by what became of them', ['outcome']);
    this.contamination = counter('contamination_total', "Messages with somebody else's data that raised an incident", [
      'code',
    ]);
    const gauge = (name: string, help: string, read: () => number): void => {
      new Gauge({
        name: `sluice_${name}`,
        help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      });
    };
    gauge('directory_stale', '1 while what a source of the directory says is refused', () =>
      Math.min(1, this.refusedSources.size),
    );
    gauge('roster_stale', '1 while the files of rosters hold what is refused', () => (this.rosterIsRefused ? 1 : 0));
    gauge('roster_patients', 'Patients of the rosters in force', () => this.patients);
    gauge('learned_values', 'Values in the learned rosters in force', () => this.values);
  }

  directory({ source, outcome }: DirectoryTold): void {
    this.directoryChanges.inc({ source, outcome });
    if (outcome === 'refused') this.refusedSources.add(source);
    else this.refusedSources.delete(source);
  }

  roster(told: RosterTold): void {
    const { outcome } = told;
    this.rosterChanges.inc({ outcome });
    this.rosterIsRefused = outcome === 'refused';
    if (told.outcome === 'in-force') this.patients = told.patients;
  }

  learned({ values }: { readonly values: number }): void {
    this.values = values;
  }

  /** A message counts once for each code, however many rules say it. */
  committed({ incidents }: Pick<Committed, 'incidents'>): void {
    const told = new Set<string>();
    for (const { source, facts } of incidents) {
      for (const { code } of facts.decisions ?? []) {
        if (!CONTAMINATION.has(code) || told.has(`${source} ${code}`)) continue;
        told.add(`${source} ${code}`);
        this.contamination.inc({ code });
      }
    }
  }
}
