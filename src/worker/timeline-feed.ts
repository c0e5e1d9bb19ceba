/**
 * Sends the rows of the time strip that the page does not have yet. In one branch rows are the same whenever they are
 * computed, so that going back needs no new ones; another branch begins anew.
 */
import { vectorLength } from '../base/vector.ts';
import type { History } from '../engine/kernel/history.ts';
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
  #commands: unknown = null;
  #branches = 0;

  /** Whether there is something to send, and whether it should not wait (named events slow the player down). */
  state(history: History): 'nothing' | 'later' | 'now' {
    const { world, branch } = history;
    if (branch.id !== this.#branch || branch.content !== this.#commands || history.branches.length !== this.#branches)
      return 'now';
    if (vectorLength(world.lines) > this.#lines)
      return linesFrom(world, this.#lines).some(({ tone }) => tone !== 'plain') ||
        marksFrom(world, this.#lines).length > 0
        ? 'now'
        : 'later';
    return vectorLength(world.requestBuckets) > this.#buckets ? 'later' : 'nothing';
  }

  /** All rows that are new; after a change of branch, or of commands that took something away, everything. */
  next(history: History, fresh: boolean): TimelineDelta {
    const { world, branch } = history;
    const known = this.#commands as { readonly entries: readonly unknown[] } | null;
    const rewritten =
      branch.content !== known &&
      !branch.content.entries.slice(0, known?.entries.length ?? 0).every((e, i) => e === known?.entries[i]);
    const shorter = (known?.entries.length ?? 0) > branch.content.entries.length;
    const reset = fresh || branch.id !== this.#branch || rewritten || shorter;
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
      commands: reset || branch.content !== known ? commandViews(branch) : [],
      branches: reset || history.branches.length !== this.#branches ? branchViews(history.branches, branch) : [],
    };
    this.#branch = branch.id;
    this.#lines = Math.max(fromLine, vectorLength(world.lines));
    this.#buckets = Math.max(fromBucket, vectorLength(world.requestBuckets));
    this.#commands = branch.content;
    this.#branches = history.branches.length;
    return delta;
  }
}
