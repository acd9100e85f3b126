/** What the directory knows of the agent that a message is from, asked once for all rules. */
import type { Agent, Known } from '../directory/directory.js';
import { Question } from './scanner.js';

/** Unknown where the message does not say which agent. */
export const agentOf = new Question(
  ({ claims, directory, now }): Known<Agent> =>
    claims.agent === undefined ? 'unknown' : directory.agent(claims.tenant, claims.agent, now),
);
