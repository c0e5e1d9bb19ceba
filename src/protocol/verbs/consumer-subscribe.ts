import { CONSUMER_ARG, verbSpec } from './spec.ts';

/** The application calls subscribe() again, between two polls: exactly one of `topics` and `pattern`, as it subscribed before. */
export type ConsumerSubscribe = {
  do: 'consumer.subscribe';
  consumer: string;
  /** Topics, read from now on instead of those before; null: a pattern is given. */
  topics: string[] | null;
  /** A regular expression that a topic's whole name matches; null: topics are given. */
  pattern: string | null;
};

export const consumerSubscribe = verbSpec({
  verb: 'consumer.subscribe',
  args: [
    CONSUMER_ARG,
    { name: 'topics', type: 'topicNames', required: false, default: null },
    { name: 'pattern', type: 'pattern', required: false, default: null },
  ],
  appliesTo: 'consumer',
  harm: 'change',
  acts: true,
});
