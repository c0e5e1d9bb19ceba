/** Answers to the page's questions, from the history as it stands; some of them replay another branch first. */

import type { History, Move } from '../engine/kernel/history.ts';
import { recordRows } from '../engine/projection/records.ts';
import { resultOf } from '../engine/projection/result.ts';
import { storyOf } from '../engine/projection/story.ts';
import { summaryOf } from '../engine/projection/summary.ts';
import type { Question } from '../protocol/engine-client.ts';
import type { InvariantReport } from '../protocol/frame.ts';
import type { HostParts } from './host-parts.ts';

export function* answerOf(
  parts: HostParts,
  history: History,
  question: Exclude<Question, { ask: 'run' | 'crash' | 'scenario' }>,
): Move<unknown> {
  const { world } = history;
  switch (question.ask) {
    case 'story':
      return storyOf(world, question.id);
    case 'records':
      return recordRows(world, question.which, question.from, question.limit);
    case 'summary': {
      const there = yield* history.worldAt(question.branch, question.atUs);
      if (there === null) throw new RangeError(`There is no branch ${question.branch}.`);
      return summaryOf(there, question.branch);
    }
    case 'invariants': {
      const report: InvariantReport = { atUs: world.nowUs, checked: parts.invariants(world) };
      return report;
    }
    case 'result':
      return resultOf(world);
    case 'hash':
      return { hash: history.hash(), atUs: world.nowUs, events: world.eventCount };
  }
}
