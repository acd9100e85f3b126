/** The directory's topic, followed as any compacted topic is: what it says makes one part of the directory. */
import type { Sink } from '../directory/live.js';
import { TopicPart } from '../directory/topic.js';
import { type CompactedTopic, type Following, followCompacted } from './compacted-topic.js';

export interface DirectoryTopic extends CompactedTopic {
  readonly key: Uint8Array;
  readonly tenant: string;
}

export function watchTopic({ client, topic, key, tenant }: DirectoryTopic, sink: Sink): Following {
  return followCompacted(
    { client, topic },
    {
      begin() {
        const part = new TopicPart(topic, key, tenant);
        return {
          apply: (records) => part.apply(records),
          settle: () => sink.parts('topic', [part.part()], part.faults),
        };
      },
      unreadable: () => sink.refuse('topic', [{ topic, code: 'unreadable' }]),
    },
  );
}
