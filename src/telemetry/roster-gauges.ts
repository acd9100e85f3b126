/** How the rosters stand, for Prometheus: how many patients they know, and whether the files hold what cannot be put in force. */
import { Gauge, type Registry } from 'prom-client';
import type { RosterTold } from './events.js';

export class RosterStanding {
  private patients = 0;
  private isStale = false;

  told(event: RosterTold): void {
    this.isStale = event.outcome === 'refused';
    if (event.outcome === 'in-force') this.patients = event.patients;
  }

  register(registry: Registry): void {
    const gauge = (name: string, help: string, read: () => number): void => {
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      });
    };
    gauge('sluice_roster_patients', 'Patients of the rosters in force', () => this.patients);
    gauge('sluice_roster_stale', '1 while the files of rosters hold what is refused', () => (this.isStale ? 1 : 0));
  }
}
