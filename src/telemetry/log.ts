/** The log, on stderr as JSON lines: one line for each event that a person wants to know about. Codes, places and counts only. */
import { type Logger, pino } from 'pino';
import type { Events } from './events.js';

export type { Logger };

/** Committed transactions are many: their counts are said once in a while. */
const SUMMARY_MS = 10_000;

export function openLog(level: string): Logger {
  return pino({ level, base: { service: 'sluice' } }, pino.destination({ dest: 2, sync: true }));
}

export function logged(log: Logger): Partial<Events> {
  let records = 0;
  let incidents = 0;
  let withheld = 0;
  let since = Date.now();
  return {
    committed(event) {
      records += event.records;
      incidents += event.incidents.length;
      withheld += (event.outcomes['could-not-scan'] ?? 0) + (event.outcomes.blocked ?? 0);
      for (const { rule, source } of event.incidents) log.debug({ event: 'incident', rule, source });
      if (Date.now() - since < SUMMARY_MS) return;
      log.info({ event: 'committed', records, incidents, withheld, lag: event.lagRecords });
      records = 0;
      incidents = 0;
      withheld = 0;
      since = Date.now();
    },
    aborted: (event) => log.warn({ event: 'transaction-aborted', ...event }),
    assigned: (event) => log.info({ event: 'assigned', ...event }),
    revoked: (event) => log.info({ event: 'revoked', ...event }),
    breaker: (event) => log.error({ event: event.tripped ? 'paused' : 'resumed', share: event.share }),
    packFailed: (event) => log.warn({ event: 'pack-failed', ...event }),
    policyAdopted: (event) => log.info({ event: 'policy-adopted', ...event }),
    policyRefused: (event) => log.error({ event: 'policy-refused', ...event }),
    expiryFailed: (event) => log.error({ event: 'approvals-expire-failed', ...event }),
    gap: (event) => log.error({ event: 'gap', ...event }),
    directory: ({ outcome, ...event }) =>
      outcome === 'refused'
        ? log.error({ event: 'directory-refused', ...event })
        : log.info({ event: 'directory-in-force', ...event }),
    roster: ({ outcome, ...event }) =>
      outcome === 'refused'
        ? log.error({ event: 'roster-refused', ...event })
        : log.info({ event: 'roster-in-force', ...event }),
  };
}
