/**
 * Who gets which slot of a group: partition i of all topics goes to one member, so that a session lives in one place.
 * Members keep what they hold, as far as shares stay equal to within one.
 */

export interface Member {
  readonly memberId: string;
  readonly topics: readonly string[];
  /** Slots that it says it holds. Two may claim the same one: after a long silence, say. */
  readonly held: readonly number[];
}

/** The result depends on the sets alone, not on their order. */
export function assignSlots(
  members: readonly Member[],
  partitions: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<string, ReadonlyMap<string, readonly number[]>> {
  const slots = [...new Set([...partitions.values()].flat())].sort((a, b) => a - b);
  const owners = ownersOf(eligible(members, [...partitions.keys()]), slots);
  return new Map(
    members.map(({ memberId }) => [
      memberId,
      new Map(
        [...partitions]
          .map(([topic, list]) => [topic, list.filter((slot) => owners.get(slot) === memberId)] as const)
          .filter(([, list]) => list.length > 0),
      ),
    ]),
  );
}

/** Those who subscribe to everything; while a new topic is being rolled out, the others get nothing rather than a part. */
function eligible(members: readonly Member[], topics: readonly string[]): Member[] {
  return members
    .filter((member) => topics.every((topic) => member.topics.includes(topic)))
    .sort((a, b) => (a.memberId < b.memberId ? -1 : 1));
}

function ownersOf(members: readonly Member[], slots: readonly number[]): Map<number, string> {
  const owners = new Map<number, string>();
  if (members.length === 0) return owners;
  const share = Math.floor(slots.length / members.length);
  let larger = slots.length % members.length;
  const room = new Map<string, number>();
  const exists = new Set(slots);
  for (const { memberId, held } of members) {
    const kept = [...new Set(held)].filter((slot) => exists.has(slot) && !owners.has(slot));
    const isLarger = kept.length > share && larger > 0;
    if (isLarger) larger -= 1;
    const keeps = kept.slice(0, share + (isLarger ? 1 : 0));
    for (const slot of keeps) owners.set(slot, memberId);
    room.set(memberId, share - keeps.length);
  }
  const free = slots.filter((slot) => !owners.has(slot));
  for (const [memberId, open] of room) {
    const isLarger = open >= 0 && larger > 0;
    if (isLarger) larger -= 1;
    for (const slot of free.splice(0, Math.max(0, open) + (isLarger ? 1 : 0))) owners.set(slot, memberId);
  }
  return owners;
}

/** Topics by slot. */
export type Assignment = ReadonlyMap<number, readonly string[]>;

export function slotsOf(assignment: Readonly<Record<string, readonly number[]>>): Assignment {
  const slots = new Map<number, string[]>();
  for (const [topic, partitions] of Object.entries(assignment)) {
    for (const partition of partitions) slots.set(partition, [...(slots.get(partition) ?? []), topic]);
  }
  return slots;
}
