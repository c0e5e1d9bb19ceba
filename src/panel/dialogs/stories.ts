/** Which shipped scenarios the chooser offers with a sentence of what to look at, in sections; the others stand below them by title. */

export interface StorySection {
  /** Its heading's key: panel.stories.<id>. */
  readonly id: 'models' | 'consumer-side' | 'reset' | 'compaction' | 'compression';
  readonly scenarios: readonly string[];
}

export const STORY_SECTIONS: readonly StorySection[] = [
  { id: 'models', scenarios: ['queue-one-group', 'pubsub-three-groups'] },
  {
    id: 'consumer-side',
    scenarios: [
      'c1-commit-before-processing',
      'c1-autocommit-async-processing',
      'c1-manual-commit-after-processing',
      'c1-autocommit-crash-before-processing',
      'g7-commit-refused-processed-twice',
      'b5-kill-and-slow-classic',
      'g7-auto-commit-before-its-rebalance',
      'g7-auto-commit-with-slow-thread',
      'g7-seek-back-and-ahead',
      'g7-offsets-expired',
      'g7-out-of-range-after-retention',
      'g7-topic-deleted-offsets-go',
    ],
  },
  {
    id: 'reset',
    scenarios: ['g7-reset-policies', 'c2-nothing-committed', 'c2-committed-too-low', 'c2-committed-too-high'],
  },
  { id: 'compaction', scenarios: ['e3-compaction'] },
  { id: 'compression', scenarios: ['e1-codecs', 'e1-topic-codecs', 'f1-too-large', 'f1-broker-limits'] },
];

/** Under KIP-848 some of them happen again. */
export const STORY_TWINS: Readonly<Record<string, string>> = {
  'c1-commit-before-processing': 'g8-commit-before',
  'c1-autocommit-async-processing': 'g8-autocommit-thread',
  'c1-manual-commit-after-processing': 'g8-commit-after',
  'c1-autocommit-crash-before-processing': 'g8-autocommit-crash',
  'g7-commit-refused-processed-twice': 'g8-commit-refused',
};

/** All that stand in a section, or beside one. */
export const STORY_IDS: readonly string[] = [
  ...STORY_SECTIONS.flatMap((section) => section.scenarios),
  ...Object.values(STORY_TWINS),
];
