/** The topics: what comes in and which surface it is, and where outcomes, incidents, audit entries, quarantine, state and what is learned go. */
import type { Surface } from '../message.js';

export interface Topics {
  /** Input topics and the surface that each stands for. */
  readonly inputs: Readonly<Record<string, Surface>>;
  /** Behind an input topic's name: where its outcome records go. */
  readonly suffix: string;
  readonly incidents: string;
  readonly audit: string;
  /** Empty where nothing can be kept: then what could not be scanned is only withheld. */
  readonly quarantine: string;
  /** Compacted. */
  readonly state: string;
  /** Compacted: which keyed values came with which patients, from sources that policy trusts. */
  readonly learned: string;
}

export const RELEASES = 'phi.releases';

export const TOPICS: Topics = {
  inputs: {
    'agent.prompts': 'prompt',
    'agent.context': 'context',
    'agent.tool-calls': 'tool_call',
    'agent.tool-results': 'tool_result',
    'agent.outputs': 'output',
    // What is released from quarantine is judged once more, as the surface that policy is strictest about.
    [RELEASES]: 'output',
  },
  suffix: '.redacted',
  incidents: 'phi.incidents',
  audit: 'phi.audit',
  quarantine: 'phi.quarantine',
  state: 'phi.state',
  learned: 'phi.learned',
};

export function outcomeTopic(topics: Topics, input: string): string {
  return input + topics.suffix;
}

/** Every topic that is written to. */
export function outputsOf(topics: Topics): readonly string[] {
  return [
    ...Object.keys(topics.inputs).map((input) => outcomeTopic(topics, input)),
    topics.incidents,
    topics.audit,
    topics.quarantine,
    topics.state,
    topics.learned,
  ];
}
