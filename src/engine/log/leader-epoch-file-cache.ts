/**
 * Which leader epoch began at which offset, for one replica's log (Kafka: LeaderEpochFileCache). Pure functions over an
 * immutable array in ascending order of both fields; a call that changes nothing returns the array it was given, so
 * that callers can compare by identity and checkpoints can share it.
 */
export interface EpochEntry {
  readonly epoch: number;
  readonly startOffset: number;
}

export type LeaderEpochs = readonly EpochEntry[];

export interface EpochEndOffset {
  readonly epoch: number;
  readonly endOffset: number;
}

export const NO_LEADER_EPOCHS: LeaderEpochs = [];
export const UNDEFINED_EPOCH = -1;
export const UNDEFINED_EPOCH_OFFSET = -1;

const UNDEFINED: EpochEndOffset = { epoch: UNDEFINED_EPOCH, endOffset: UNDEFINED_EPOCH_OFFSET };

/** The index of the first entry above `epoch`; the length if there is none. */
function indexAbove(epochs: LeaderEpochs, epoch: number): number {
  let low = 0;
  let high = epochs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (epochs[middle].epoch > epoch) high = middle;
    else low = middle + 1;
  }
  return low;
}

function indexAtOrAbove(epochs: LeaderEpochs, epoch: number): number {
  return indexAbove(epochs, epoch - 1);
}

/**
 * Records that `epoch` starts at `startOffset` (rule 17). Entries at the end that would break the order, by epoch or
 * by offset, go. The latest epoch again, at its offset or a later one, changes nothing: this is the path of every append.
 */
export function assign(epochs: LeaderEpochs, epoch: number, startOffset: number): LeaderEpochs {
  if (epoch < 0 || startOffset < 0) {
    throw new RangeError(`leader epoch ${epoch} at offset ${startOffset}: neither may be negative`);
  }
  const last = latest(epochs);
  if (last !== undefined && last.epoch === epoch && startOffset >= last.startOffset) return epochs;
  let keep = epochs.length;
  while (keep > 0 && (epochs[keep - 1].epoch >= epoch || epochs[keep - 1].startOffset >= startOffset)) keep--;
  return [...epochs.slice(0, keep), { epoch, startOffset }];
}

export function latest(epochs: LeaderEpochs): EpochEntry | undefined {
  return epochs.length === 0 ? undefined : epochs[epochs.length - 1];
}

export function latestEpoch(epochs: LeaderEpochs): number | undefined {
  return latest(epochs)?.epoch;
}

export function earliest(epochs: LeaderEpochs): EpochEntry | undefined {
  return epochs.length === 0 ? undefined : epochs[0];
}

/** The highest epoch below the given one; below the latest if none is given. */
export function previousEpoch(epochs: LeaderEpochs, epoch?: number): number | undefined {
  const of = epoch ?? latestEpoch(epochs);
  return of === undefined ? undefined : previousEntry(epochs, of)?.epoch;
}

export function previousEntry(epochs: LeaderEpochs, epoch: number): EpochEntry | undefined {
  const index = indexAtOrAbove(epochs, epoch) - 1;
  return index < 0 ? undefined : epochs[index];
}

export function nextEpoch(epochs: LeaderEpochs, epoch: number): number | undefined {
  const index = indexAbove(epochs, epoch);
  return index === epochs.length ? undefined : epochs[index].epoch;
}

export function epochEntry(epochs: LeaderEpochs, epoch: number): EpochEntry | undefined {
  const index = indexAtOrAbove(epochs, epoch);
  return index < epochs.length && epochs[index].epoch === epoch ? epochs[index] : undefined;
}

/**
 * Where the asked epoch ends in this log, and the epoch that this answers for (rule 15): the log's end for the latest
 * epoch; else the start of the next higher one, with the highest epoch not above the asked one; below all known
 * epochs the asked epoch itself; above all of them, or asked for none, undefined.
 */
export function endOffsetFor(epochs: LeaderEpochs, askedEpoch: number, logEndOffset: number): EpochEndOffset {
  if (askedEpoch === UNDEFINED_EPOCH) return UNDEFINED;
  if (latestEpoch(epochs) === askedEpoch) return { epoch: askedEpoch, endOffset: logEndOffset };
  const above = indexAbove(epochs, askedEpoch);
  if (above === epochs.length) return UNDEFINED;
  const epoch = above === 0 ? askedEpoch : epochs[above - 1].epoch;
  return { epoch, endOffset: epochs[above].startOffset };
}

/** Drops the entries that start at or after `endOffset`; a negative offset drops none. */
export function truncateFromEnd(epochs: LeaderEpochs, endOffset: number): LeaderEpochs {
  if (endOffset < 0) return epochs;
  let keep = epochs.length;
  while (keep > 0 && epochs[keep - 1].startOffset >= endOffset) keep--;
  return keep === epochs.length ? epochs : epochs.slice(0, keep);
}

/** The entry that covers `startOffset` becomes the first and starts there; those before it go. */
export function truncateFromStart(epochs: LeaderEpochs, startOffset: number): LeaderEpochs {
  let covered = 0;
  while (covered < epochs.length && epochs[covered].startOffset <= startOffset) covered++;
  if (covered === 0) return epochs;
  const first = epochs[covered - 1];
  if (covered === 1 && first.startOffset === startOffset) return epochs;
  return [{ epoch: first.epoch, startOffset }, ...epochs.slice(covered)];
}

/** The epoch under which the record at `offset` was written; none before the first entry. */
export function epochForOffset(epochs: LeaderEpochs, offset: number): number | undefined {
  let found: number | undefined;
  for (const entry of epochs) {
    if (entry.startOffset > offset) break;
    found = entry.epoch;
  }
  return found;
}

/** The entries that cover [startOffset, endOffset), the first of them moved up to startOffset. */
export function epochEntriesInRange(epochs: LeaderEpochs, startOffset: number, endOffset: number): LeaderEpochs {
  return truncateFromEnd(startOffset >= 0 ? truncateFromStart(epochs, startOffset) : epochs, endOffset);
}
