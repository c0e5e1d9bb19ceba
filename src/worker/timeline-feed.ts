/**
 * Sends the rows of the time strip that the page does not have yet. In one branch rows are the same whenever they are
 * computed, so that going back needs no new ones; another branch begins anew.
 */
import { vectorLength } from '../base/vector.ts';
import type { BranchContent } from '../engine/kernel/history/branch.ts';
import type { Playing } from '../engine/kernel/history/playing.ts';
import {
  branchViews,
  bucketsFrom,
  commandViews,
  linesFrom,
  marksFrom,
  TIMELINE_BUCKET_US,
} from '../engine/projection/timeline.ts';
import type { TimelineDelta } from '../protocol/frame.ts';

export class TimelineFeed {
  #branch = -1;
  #lines = 0;
  #buckets = 0;
  #content: BranchContent | null = null;
  #revision = -1;

  /** Whether there is something to send, and whether it should not wait (named events slow the player down). */
  state(history: Playing): 'nothing' | 'later' | 'now' {
    const { world, branch } = history;
    if (branch.id !== this.#branch || branch.content !== this.#content || history.revision !== this.#revision)
      return 'now';
    if (vectorLength(world.lines) > this.#lines)
      return linesFrom(world, this.#lines).some(({ tone }) => tone !== 'plain') ||
        marksFrom(world, this.#lines).length > 0
        ? 'now'
        : 'later';
    return vectorLength(world.requestBuckets) > this.#buckets ? 'later' : 'nothing';
  }

  /** All rows that are new; after a change of branch, or of commands that took something away, everything. */
  next(history: Playing, fresh: boolean): TimelineDelta {
    const { world, branch } = history;
    const known = this.#content;
    const changed = branch.content !== known;
    const reset = fresh || branch.id !== this.#branch || (changed && known !== null && !goesOn(known, branch.content));
    const fromLine = reset ? 0 : this.#lines;
    const fromBucket = reset ? 0 : this.#buckets;
    const { requests, atRisk } = bucketsFrom(world, fromBucket);
    const delta: TimelineDelta = {
      reset,
      bucketUs: TIMELINE_BUCKET_US,
      fromBucket,
      requests,
      atRisk,
      marks: marksFrom(world, fromLine),
      lines: linesFrom(world, fromLine),
      commands: reset || changed ? commandViews(branch) : [],
      branches: reset || history.revision !== this.#revision ? branchViews(history.branches, branch) : [],
    };
    this.#branch = branch.id;
    this.#lines = Math.max(fromLine, vectorLength(world.lines));
    this.#buckets = Math.max(fromBucket, vectorLength(world.requestBuckets));
    this.#content = branch.content;
    this.#revision = history.revision;
    return delta;
  }
}

/** Whether a content only has more commands than before: what was sent of it still holds. */
function goesOn(before: BranchContent, now: BranchContent): boolean {
  return (
    before.base === now.base &&
    before.edits === now.edits &&
    before.workloads === now.workloads &&
    before.entries.length <= now.entries.length &&
    before.entries.every((entry, i) => entry === now.entries[i])
  );
}
