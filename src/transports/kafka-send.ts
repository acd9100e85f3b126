/**
 * Sends records to one partition, and believes that they stand there only when a broker has said where. The client
 * resolves a send of which it has sent nothing: when brokers come and go it may take one connection for two of them, and
 * then finds no records for either. A transaction that commits after that has lost them.
 */
import { type Compression, compressionOf, type Producer } from './kafka-client.js';
import type { Produced } from './kafkajs-produce.js';

/** A producer, or a transaction of one. */
export type Sender = Pick<Producer, 'send'>;
type Theirs = Parameters<Producer['send']>[0]['messages'][number];
type Message = (Omit<Theirs, 'headers'> & Pick<Produced, 'headers'>) & { readonly partition: number };

/** The offset of the first of `messages`, all of which say the same partition. */
export async function sendTo(
  sender: Sender,
  topic: string,
  messages: readonly Message[],
  compression: Compression = 'none',
): Promise<number> {
  const written = await sender.send({
    topic,
    // Headers as a list are not in the library's types: its mended encoder takes them.
    messages: grouped(messages) as Theirs[],
    acks: -1,
    compression: compressionOf(compression),
  });
  const partition = messages[0]?.partition;
  const [place, ...others] = written ?? [];
  const told = place?.topicName === topic && place.partition === partition && others.length === 0;
  const base = Number(told ? place.baseOffset : undefined);
  if (!Number.isSafeInteger(base) || base < 0) throw Object.assign(new Error('NOT_WRITTEN'), { type: 'NOT_WRITTEN' });
  return base;
}

/**
 * A list that knows its groups. The library makes them with `reduce`, and copies the whole group for each message that it
 * adds: for a thousand messages half a million times.
 */
export function grouped(messages: readonly Message[]): Message[] {
  const list = [...messages];
  const reduce = (): Readonly<Record<number, readonly Message[]>> => {
    const groups: Record<number, Message[]> = {};
    for (const message of list) (groups[message.partition] ??= []).push(message);
    return groups;
  };
  return Object.defineProperty(list, 'reduce', { value: reduce });
}
