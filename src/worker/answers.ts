/** Answers to the page's questions, from the history as it stands; some of them replay another branch first. */

import { phraseOf } from '../engine/kernel/history/titles.ts';
import type { History, Move } from '../engine/kernel/history.ts';
import { batchBytesOf, segmentFileOf } from '../engine/projection/batch-bytes.ts';
import { recordRows } from '../engine/projection/records.ts';
import { resultOf } from '../engine/projection/result.ts';
import { storyOf } from '../engine/projection/story.ts';
import { summaryOf } from '../engine/projection/summary.ts';
import type { Question } from '../protocol/engine-client.ts';
import type { BranchSummary, InvariantReport } from '../protocol/frame.ts';
import type { BackgroundQuestion } from './background.ts';
import type { HostParts } from './host-parts.ts';

/** What a branch does up to a moment, in time order. */
function commandsUntil(history: History, branchId: number, atUs: number): BranchSummary['commands'] {
  const entries = history.branches.find(({ id }) => id === branchId)?.content.entries ?? [];
  return entries
    .filter((entry) => !entry.off && entry.atUs <= atUs)
    .sort((a, b) => a.atUs - b.atUs || a.id - b.id)
    .map((entry) => ({ atUs: entry.atUs, phrase: phraseOf(entry.command) }));
}

export function* answerOf(
  parts: HostParts,
  history: History,
  question: Exclude<Question, BackgroundQuestion | { ask: 'crash' | 'scenario' }>,
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
      return { ...summaryOf(there, question.branch), commands: commandsUntil(history, question.branch, there.nowUs) };
    }
    case 'invariants': {
      const report: InvariantReport = { atUs: world.nowUs, checked: parts.invariants(world) };
      return report;
    }
    case 'result':
      return resultOf(world);
    case 'batch-bytes':
      return batchBytesOf(world, question.thing, question.offset);
    case 'segment-file':
      return segmentFileOf(world, question.thing, question.offset);
    case 'hash':
      return { hash: history.hash(), atUs: world.nowUs, events: world.eventCount };
  }
}
