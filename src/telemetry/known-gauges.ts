/** How directory and rosters stand, for Prometheus: how much they know, and whether what was said last cannot be put in force. */
import { Gauge, type Registry } from 'prom-client';
import type { DirectoryTold, RosterTold } from './events.js';

export class KnownStanding {
  /** Sources of the directory that say something else than what is in force. */
  private readonly refusedSources = new Set<string>();
  private rosterIsRefused = false;
  private patients = 0;

  directory({ source, outcome }: DirectoryTold): void {
    if (outcome === 'refused') this.refusedSources.add(source);
    else this.refusedSources.delete(source);
  }

  roster(told: RosterTold): void {
    this.rosterIsRefused = told.outcome === 'refused';
    if (told.outcome === 'in-force') this.patients = told.patients;
  }

  register(registry: Registry): void {
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
  }
}
