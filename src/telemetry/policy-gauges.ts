/** How the policies stand, for Prometheus: which one is in force, and whether the file holds one that cannot be. */
import { Gauge, type Registry } from 'prom-client';

export interface PolicyStanding {
  readonly digest: string;
  readonly refused: boolean;
}

/** By `main` and `shadow`. */
export function policyGauges(registry: Registry, policies: ReadonlyMap<string, PolicyStanding>): void {
  new Gauge({
    name: 'sluice_policy_info',
    help: 'The policy in force, and the one that only looks on, by the beginning of their digests',
    labelNames: ['policy', 'digest'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [policy, { digest }] of policies) this.set({ policy, digest: digest.slice(0, 16) }, 1);
    },
  });
  new Gauge({
    name: 'sluice_policy_refused',
    help: '1 while the file or the topic holds what cannot be put in force: the last good policy stays',
    labelNames: ['policy'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [policy, { refused }] of policies) this.set({ policy }, refused ? 1 : 0);
    },
  });
}
