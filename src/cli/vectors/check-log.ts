/** Vectors of what a log keeps beside its records: leader epochs and producer states. */
import {
  assign,
  type EpochEntry,
  earliest,
  endOffsetFor,
  epochForOffset,
  type LeaderEpochs,
  latest,
  NO_LEADER_EPOCHS,
  nextEpoch,
  previousEpoch,
  truncateFromEnd,
  truncateFromStart,
} from '../../engine/log/leader-epoch-file-cache.ts';
import type { AppendOrigin } from '../../engine/log/producer-append-info.ts';
import { analyzeAndValidate, applyAppend } from '../../engine/log/producer-state-append.ts';
import { firstOffsetOf, firstSeqOf, type ProducerStateEntry } from '../../engine/log/producer-state-entry.ts';
import {
  createProducerStates,
  firstUndecidedOffset,
  firstUnstableOffset,
  maybeCreateVerification,
  onHighWatermarkUpdated,
  type ProducerStates,
} from '../../engine/log/producer-state-manager.ts';
import { endTransactionBatch, type MarkerType } from '../../kafka/records/control-record.ts';
import { fieldsOfRecords, makeBatch, type RecordBatch } from '../../kafka/records/record-batch.ts';
import { type CaseCheck, type CaseResult, checkList, type Fields, type VectorFile } from './case-check.ts';

function applyEpochOp(epochs: LeaderEpochs, op: readonly unknown[]): LeaderEpochs {
  const [name, first, second] = op as [string, number, number];
  if (name === 'assign') return assign(epochs, first, second);
  if (name === 'truncateFromEnd') return truncateFromEnd(epochs, first);
  if (name === 'truncateFromStart') return truncateFromStart(epochs, first);
  throw new Error(`the operation ${name} is unknown`);
}

function entryPair(entry: EpochEntry | undefined): [number, number] | null {
  return entry === undefined ? null : [entry.epoch, entry.startOffset];
}

function triples(entry: Fields, name: string): [number, unknown, unknown][] {
  return entry.raw(name) === undefined ? [] : (entry.list(name) as [number, unknown, unknown][]);
}

export function checkLeaderEpochs(file: VectorFile): CaseResult[] {
  return checkList(file.cases, 'cases', (entry, result) => {
    let epochs = NO_LEADER_EPOCHS;
    entry.objects('ops').forEach((step, index) => {
      epochs = applyEpochOp(epochs, step.list('op'));
      result.same(`entries after op ${index}`, step.raw('entries'), epochs.map(entryPair));
    });
    const logEndOffset = entry.number('logEndOffset');
    for (const [asked, epoch, endOffset] of triples(entry, 'endOffsetFor')) {
      const answer = endOffsetFor(epochs, asked, logEndOffset);
      result.same(`endOffsetFor ${asked}`, [epoch, endOffset], [answer.epoch, answer.endOffset]);
    }
    for (const [asked, previous, next] of triples(entry, 'previousNextEpoch')) {
      const actual = [previousEpoch(epochs, asked) ?? null, nextEpoch(epochs, asked) ?? null];
      result.same(`previous and next epoch of ${asked}`, [previous, next], actual);
    }
    for (const [offset, epoch] of triples(entry, 'epochForOffset')) {
      result.same(`epochForOffset ${offset}`, epoch, epochForOffset(epochs, offset) ?? null);
    }
    result.same('latest', entry.raw('latest'), entryPair(latest(epochs)));
    result.same('earliest', entry.raw('earliest'), entryPair(earliest(epochs)));
    result.same('previous of the latest', entry.raw('latestEpochMinusOne'), previousEpoch(epochs) ?? null);
    return `${entry.list('ops').length} operations`;
  });
}

/** A batch that states and sequences see as Kafka's: only the header counts here, so no record is made. */
function dataBatch(
  producerId: number,
  producerEpoch: number,
  baseSequence: number,
  count: number,
  isTransactional: boolean,
): RecordBatch {
  const fields = {
    producerId,
    producerEpoch,
    baseSequence,
    isTransactional,
    lastOffsetDelta: count - 1,
    maxTimestamp: 0,
  };
  return makeBatch(fieldsOfRecords([], fields));
}

function shownEntry(entry: ProducerStateEntry | undefined) {
  if (entry === undefined) return null;
  return {
    epoch: entry.producerEpoch,
    coordinatorEpoch: entry.coordinatorEpoch,
    currentTxnFirstOffset: entry.currentTxnFirstOffset,
    batches: entry.batches.map((batch) => [firstSeqOf(batch), batch.lastSeq, firstOffsetOf(batch), batch.lastOffset]),
  };
}

function batchOfStep(step: Fields): RecordBatch {
  const [producerId, epoch] = [step.int64('pid'), step.number('epoch')];
  if (step.text('op') === 'append') {
    return dataBatch(producerId, epoch, step.number('firstSeq'), step.number('count'), step.flag('transactional'));
  }
  const marker = { type: step.text('marker') as MarkerType, coordinatorEpoch: step.number('coordinatorEpoch') };
  return endTransactionBatch(marker, producerId, epoch, 0);
}

function runAppend(states: ProducerStates, step: Fields, result: CaseCheck, name: string): void {
  const batch = batchOfStep(step);
  const baseOffset = step.int64('offset');
  const isMarker = step.text('op') === 'endTxn';
  const options = isMarker ? { transactionVersion: step.number('transactionVersion') } : {};
  const origin = step.text('origin') as AppendOrigin;
  const validation = analyzeAndValidate(states, [{ batch, baseOffset }], origin, options);
  result.same(`${name} result`, step.raw('result'), validation.kind);
  if (validation.kind === 'error') result.same(`${name} error`, step.raw('error') ?? null, validation.exception);
  if (validation.kind === 'duplicate') {
    const known = validation.batch;
    result.same(`${name} duplicateOf`, step.raw('duplicateOf'), [firstOffsetOf(known), known.lastOffset]);
  }
  if (validation.kind !== 'ok') return;
  const [completed] = applyAppend(states, validation, baseOffset + batch.lastOffsetDelta + 1);
  if (!isMarker) return;
  const shown = completed && {
    firstOffset: completed.firstOffset,
    lastOffset: completed.lastOffset,
    aborted: completed.isAborted,
    lastStableOffset: completed.lastStableOffset,
  };
  result.same(`${name} completedTxn`, step.raw('completedTxn'), shown ?? null);
}

function checkSequenceOfSteps(entry: Fields, result: CaseCheck): string {
  const states = createProducerStates();
  entry.objects('steps').forEach((step, index) => {
    const op = step.text('op');
    const name = `step ${index} (${op})`;
    if (op === 'highWatermark') onHighWatermarkUpdated(states, step.int64('value'));
    else if (op === 'append' || op === 'endTxn') runAppend(states, step, result, name);
    else throw new Error(`the operation ${op} is unknown`);
    if (op !== 'highWatermark') {
      result.same(`${name} entry`, step.raw('entry'), shownEntry(states.producers.get(step.int64('pid'))));
    }
    result.same(`${name} firstUnstableOffset`, step.raw('firstUnstableOffset'), firstUnstableOffset(states));
    result.same(`${name} firstUndecidedOffset`, step.raw('firstUndecidedOffset'), firstUndecidedOffset(states));
  });
  return entry.text('name');
}

const VERIFIED_PRODUCER = 1;

function checkVerification(entry: Fields, result: CaseCheck): string {
  const states = createProducerStates();
  const asked = entry.object('verification');
  const [epoch, supportsEpochBump] = [asked.number('epoch'), asked.flag('supportsEpochBump')];
  const create = (sequence: number) =>
    maybeCreateVerification(states, VERIFIED_PRODUCER, sequence, epoch, supportsEpochBump, 0);
  let known = create(asked.number('sequence'));
  const second = asked.raw('secondSequence');
  if (typeof second === 'number') known = create(second);
  result.same('lowest sequence', entry.raw('entryLowestSequence'), known.lowestSequence);
  result.same('epoch', entry.raw('entryEpoch'), known.epoch);
  const sent = entry.object('batch');
  const batch = dataBatch(VERIFIED_PRODUCER, sent.number('epoch'), sent.number('firstSeq'), 1, true);
  const options = { isVerificationEnabled: true, guard: known.guard };
  const validation = analyzeAndValidate(states, [{ batch, baseOffset: 0 }], 'CLIENT', options);
  result.same('result', entry.raw('result'), validation.kind);
  const error = validation.kind === 'error' ? validation.exception : null;
  result.same('error', entry.raw('error'), error);
  return `sequence ${asked.number('sequence')} of epoch ${epoch}`;
}

export function checkProducerStates(file: VectorFile): CaseResult[] {
  return [
    ...checkList(file.cases, 'cases', checkSequenceOfSteps),
    ...checkList(file.verification, 'verification', checkVerification),
  ];
}
