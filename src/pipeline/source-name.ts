/** A source from its name: `agent.prompts/0/42`. */
import { type Source, sourceName } from '../message.js';

const SOURCE = /^([A-Za-z0-9._-]+)\/(\d+)\/(\d+)$/;

/** Undefined where it is written otherwise than we would. */
export function sourceOf(name: string): Source | undefined {
  const [, topic, partition, offset] = SOURCE.exec(name) ?? [];
  const source = { topic, partition: Number(partition), offset: Number(offset) };
  return topic !== undefined && sourceName(source) === name ? source : undefined;
}
