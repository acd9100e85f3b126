/** What the directory knows of the agent that a message is from, asked once for all rules. */
import type { Agent, Known } from '../directory/directory.js';
import type { Case } from './scanner.js';

/** Asked of a case; unknown where the message does not say which agent. */
export function agentOf({ claims, directory, now }: Case): Known<Agent> {
  return claims.agent === undefined ? 'unknown' : directory.agent(claims.tenant, claims.agent, now);
}
