/**
 * The yardstick for what rules cost: Cedar, compiled to WebAssembly, with as many policies that ask the same of a tool call (fields
 * within the task, records within the bound, an active care relationship). It is handed the facts that a directory would know.
 */
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';

const NAME = 'bench';
const FIELDS = ['demographics', 'insurance', 'appointment_history'];

const FORBIDS = [
  `context.task == "scheduling" && !(${JSON.stringify(FIELDS)}.containsAll(context.fields))`,
  'context.limit > 50',
  'context.care != "active"',
];

/** Answers the microseconds of CPU that one decision takes, the least of some rounds. */
export function cedarUs(policies: number, calls: number, rounds: number): number {
  const set = Array.from(
    { length: policies - 1 },
    (_, i) => `forbid(principal, action == Action::"call", resource) when { ${FORBIDS[i % FORBIDS.length]} };`,
  );
  const staticPolicies = ['permit(principal, action, resource);', ...set].join('\n');
  if (preparsePolicySet(NAME, { staticPolicies }).type !== 'success') throw new Error('Cedar refuses the policies');
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    for (let i = 0; i < calls; i++) decide(i);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / calls);
  }
  return least;
}

function decide(i: number): void {
  const answer = statefulIsAuthorized({
    principal: { type: 'Agent', id: 'portal-bot' },
    action: { type: 'Action', id: 'call' },
    resource: { type: 'Tool', id: 'ehr_query' },
    context: { patient: `p-${i}`, task: 'scheduling', fields: FIELDS, limit: 5, care: 'active' },
    preparsedPolicySetId: NAME,
    entities: [],
  });
  if (answer.type !== 'success' || answer.response.decision !== 'allow') throw new Error('Cedar decides otherwise');
}
