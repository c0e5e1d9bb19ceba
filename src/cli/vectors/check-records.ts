/** Vectors of record formats: batches v2, variable-length integers, sizes. */
import { bytesOf, bytesOfHex, hexOf } from '../../kafka/records/bytes.ts';
import type { CompressionType } from '../../kafka/records/codec.ts';
import {
  controlBatch,
  endTransactionBatch,
  endTransactionMarker,
  kraftVersionValue,
  leaderChangeValue,
  type MarkerType,
  snapshotFooterValue,
  snapshotHeaderValue,
} from '../../kafka/records/control-record.ts';
import {
  batchAttributes,
  decodeBatch,
  encodeBatch,
  fieldsOfRecords,
  type KafkaRecord,
  lastSequence,
  makeBatch,
  type RecordBatch,
  type RecordHeader,
  recordTimestampMs,
  type TimestampType,
} from '../../kafka/records/record-batch.ts';
import {
  batchOverhead,
  batchSizeInBytes,
  decrementSequence,
  estimateSizeInBytes,
  estimateSizeInBytesUpperBound,
  incrementSequence,
  LEGACY_RECORD_OVERHEAD_V0,
  LEGACY_RECORD_OVERHEAD_V1,
  LOG_OVERHEAD,
  legacyRecordSize,
  MAX_RECORD_OVERHEAD,
  recordBodySize,
  recordSize,
  recordSizeUpperBound,
} from '../../kafka/records/record-sizes.ts';
import { type CaseCheck, type CaseResult, checkList, Fields, type VectorFile } from './case-check.ts';

function bytesField(entry: Fields, name: string): Uint8Array | null {
  const repeat = entry.raw(`${name}Repeat`);
  if (Array.isArray(repeat)) return bytesOfHex(String(repeat[0]).repeat(Number(repeat[1])));
  const hex = entry.textOrNull(name);
  return hex === null ? null : bytesOfHex(hex);
}

function headersField(entry: Fields): RecordHeader[] {
  if (entry.raw('headers') === undefined) return [];
  return entry.list('headers').map((pair) => {
    const [key, value] = pair as [string, string | null];
    return { key, value: value === null ? null : bytesOfHex(value) };
  });
}

function recordField(entry: Fields, baseOffset: number): KafkaRecord {
  return {
    timestampMs: entry.int64('timestamp'),
    key: bytesField(entry, 'key'),
    value: bytesField(entry, 'value'),
    headers: headersField(entry),
    ordinal: -1,
    offsetDelta: entry.int64('offset') - baseOffset,
  };
}

interface Built {
  readonly batch: RecordBatch;
  readonly baseOffset: number;
  readonly leaderEpoch: number;
}

function producerFields(input: Fields) {
  return {
    producerId: input.bigint('producerId'),
    producerEpoch: input.number('producerEpoch'),
    baseSequence: input.number('baseSequence'),
    isTransactional: input.flag('transactional'),
  };
}

function buildData(input: Fields): Built {
  const baseOffset = input.int64('baseOffset');
  const records = input.objects('records').map((record) => recordField(record, baseOffset));
  const timestampType = input.text('timestampType') as TimestampType;
  const deleteHorizonMs = input.raw('deleteHorizonMs') === undefined ? null : input.int64OrNull('deleteHorizonMs');
  const fields = fieldsOfRecords(records, { ...producerFields(input), timestampType, deleteHorizonMs });
  const maxTimestamp = timestampType === 'LogAppendTime' ? input.int64('logAppendTime') : fields.maxTimestamp;
  return {
    batch: makeBatch({ ...fields, maxTimestamp }),
    baseOffset,
    leaderEpoch: input.number('partitionLeaderEpoch'),
  };
}

function buildEmpty(input: Fields): Built {
  const baseOffset = input.int64('baseOffset');
  const fields = fieldsOfRecords([], {
    ...producerFields(input),
    isControl: input.flag('control'),
    maxTimestamp: input.int64('timestamp'),
    lastOffsetDelta: input.int64('lastOffset') - baseOffset,
  });
  return { batch: makeBatch(fields), baseOffset, leaderEpoch: input.number('partitionLeaderEpoch') };
}

function buildMarker(input: Fields): Built {
  const marker = { type: input.text('marker') as MarkerType, coordinatorEpoch: input.number('coordinatorEpoch') };
  const [producerId, epoch] = [input.bigint('producerId'), input.number('producerEpoch')];
  const batch = endTransactionBatch(marker, producerId, epoch, input.int64('timestamp'));
  return { batch, baseOffset: input.int64('offset'), leaderEpoch: input.number('partitionLeaderEpoch') };
}

function voterIds(input: Fields, name: string): number[] {
  return input.objects(name).map((voter) => voter.number('voterId'));
}

function buildQuorumRecord(kind: string, input: Fields): Built {
  const at = { baseOffset: input.int64('offset'), leaderEpoch: input.number('leaderEpoch') };
  const timestampMs = input.int64('timestamp');
  switch (kind) {
    case 'leaderChange': {
      const value = leaderChangeValue({
        version: input.number('version'),
        leaderId: input.number('leaderId'),
        voterIds: voterIds(input, 'voters'),
        grantingVoterIds: voterIds(input, 'grantingVoters'),
      });
      return { batch: controlBatch('LEADER_CHANGE', value, timestampMs), ...at };
    }
    case 'snapshotHeader': {
      const value = snapshotHeaderValue(input.int64('lastContainedLogTimestamp'));
      return { batch: controlBatch('SNAPSHOT_HEADER', value, timestampMs), ...at };
    }
    case 'snapshotFooter':
      return { batch: controlBatch('SNAPSHOT_FOOTER', snapshotFooterValue(), timestampMs), ...at };
    case 'kraftVersion': {
      const value = kraftVersionValue(input.number('kraftVersion'));
      return { batch: controlBatch('KRAFT_VERSION', value, timestampMs), ...at };
    }
    default:
      throw new Error(`the kind ${kind} is unknown`);
  }
}

function build(kind: string, input: Fields): Built {
  if (kind === 'data') return buildData(input);
  if (kind === 'emptyAfterCompaction') return buildEmpty(input);
  return kind === 'endTxnMarker' ? buildMarker(input) : buildQuorumRecord(kind, input);
}

/** The header as Kafka's reader reports it. */
function compareHeader(result: CaseCheck, out: Fields, built: Built, who: string): void {
  const { batch, baseOffset, leaderEpoch } = built;
  const same = (name: string, actual: unknown): void => result.same(`${who} ${name}`, out.raw(name), actual);
  same('sizeInBytes', batch.sizeInBytes);
  same('crc32c', batch.crc);
  same('attributes', batchAttributes(batch));
  same('baseOffset', `${baseOffset}`);
  same('lastOffset', `${baseOffset + batch.lastOffsetDelta}`);
  same('lastOffsetDelta', batch.lastOffsetDelta);
  same('baseTimestamp', `${batch.baseTimestamp}`);
  same('maxTimestamp', `${batch.maxTimestamp}`);
  same('producerId', `${batch.producerId}`);
  same('producerEpoch', batch.producerEpoch);
  same('baseSequence', batch.baseSequence);
  same('lastSequence', lastSequence(batch));
  same('count', batch.records.length);
  same('partitionLeaderEpoch', leaderEpoch);
  if (out.raw('deleteHorizonMs') !== null) same('deleteHorizonMs', `${batch.deleteHorizonMs}`);
}

function hexOrNull(value: KafkaRecord['key']): string | null {
  const bytes = bytesOf(value);
  return bytes === null ? null : hexOf(bytes);
}

function shownRecord(built: Built, record: KafkaRecord, index: number) {
  return {
    offset: `${built.baseOffset + (record.offsetDelta ?? index)}`,
    timestamp: `${recordTimestampMs(built.batch, record)}`,
    key: hexOrNull(record.key),
    value: hexOrNull(record.value),
    headers: record.headers.map((header) => [header.key, hexOrNull(header.value)]),
  };
}

function compareRecords(result: CaseCheck, expected: readonly Fields[], built: Built, who: string): void {
  result.same(`${who} record count`, expected.length, built.batch.records.length);
  built.batch.records.forEach((record, index) => {
    const actual = shownRecord(built, record, index);
    const wanted = expected[index];
    if (wanted === undefined) return;
    // Control records are listed without headers.
    for (const [name, value] of Object.entries(actual))
      result.same(`${who} record ${index} ${name}`, wanted.raw(name), value);
  });
}

export function checkRecordBatches(file: VectorFile): CaseResult[] {
  return checkList(file.cases, 'cases', (entry, result) => {
    const kind = entry.text('kind');
    const input = entry.object('in');
    const out = entry.object('out');
    const built = build(kind, input);
    compareHeader(result, out, built, 'written');
    const bytes = encodeBatch(built.batch, built.baseOffset, built.leaderEpoch);
    result.same('bytes', out.raw('hex'), hexOf(bytes));
    const source = typeof out.raw('hex') === 'string' ? bytesOfHex(out.text('hex')) : bytes;
    const { batch, baseOffset, partitionLeaderEpoch, nextOffset } = decodeBatch(source, 0);
    const read: Built = { batch, baseOffset, leaderEpoch: partitionLeaderEpoch };
    compareHeader(result, out, read, 'read');
    result.same('end of the batch', source.length, nextOffset);
    result.same('bytes written again', hexOf(source), hexOf(encodeBatch(batch, baseOffset, partitionLeaderEpoch)));
    if (kind === 'data') {
      const isStamped = batch.timestampType === 'LogAppendTime';
      const stamp = isStamped ? { timestamp: `${batch.maxTimestamp}` } : {};
      const expected = input.objects('records').map((record, index) => {
        const value = hexOrNull(bytesField(record, 'value'));
        return new Fields(
          { headers: [], ...Object.fromEntries(record.entries()), value, ...stamp },
          `records[${index}]`,
        );
      });
      compareRecords(result, expected, read, 'read');
    }
    if (entry.raw('decoded') !== undefined) compareRecords(result, entry.objects('decoded'), read, 'read');
    if (kind === 'endTxnMarker') {
      const expected = { type: input.text('marker'), coordinatorEpoch: input.number('coordinatorEpoch') };
      result.same('marker read', expected, endTransactionMarker(batch));
    }
    return kind;
  });
}

export function checkRecordSizes(file: VectorFile): CaseResult[] {
  const constants = checkList(
    file.constants === undefined ? undefined : [file.constants],
    'constants',
    (entry, result) => {
      result.same('RECORD_BATCH_OVERHEAD', entry.raw('RECORD_BATCH_OVERHEAD'), batchOverhead);
      result.same('MAX_RECORD_OVERHEAD', entry.raw('MAX_RECORD_OVERHEAD'), MAX_RECORD_OVERHEAD);
      result.same('LOG_OVERHEAD', entry.raw('LOG_OVERHEAD'), LOG_OVERHEAD);
      result.same('LEGACY_RECORD_OVERHEAD_V0', entry.raw('LEGACY_RECORD_OVERHEAD_V0'), LEGACY_RECORD_OVERHEAD_V0);
      result.same('LEGACY_RECORD_OVERHEAD_V1', entry.raw('LEGACY_RECORD_OVERHEAD_V1'), LEGACY_RECORD_OVERHEAD_V1);
      return undefined;
    },
  );
  const records = checkList(file.cases, 'cases', checkRecordSize);
  const batches = checkList(file.batches, 'batches', (entry, result) => {
    const list = entry.objects('records').map((record) => recordField(record, 0));
    result.same('batchSizeInBytes', entry.raw('batchSizeInBytes'), batchSizeInBytes(list));
    if (list.length > 0) {
      result.same(
        'size of the batch made',
        entry.raw('batchSizeInBytes'),
        makeBatch(fieldsOfRecords(list)).sizeInBytes,
      );
    }
    for (const [compression, expected] of entry.object('estimateSizeInBytes').entries()) {
      const actual = estimateSizeInBytes(list, compression as CompressionType);
      result.same(`estimateSizeInBytes ${compression}`, expected, actual);
    }
    return `${list.length} records`;
  });
  const sequences = checkList(file.sequences, 'sequences', (entry, result) => {
    const [sequence, by] = [entry.number('sequence'), entry.number('by')];
    result.same('incrementSequence', entry.raw('incrementSequence'), incrementSequence(sequence, by));
    result.same('decrementSequence', entry.raw('decrementSequence'), decrementSequence(sequence, by));
    return `${sequence} by ${by}`;
  });
  return [...constants, ...records, ...batches, ...sequences];
}

function checkRecordSize(entry: Fields, result: CaseCheck): undefined {
  const [keySize, valueSize] = [entry.number('keySize'), entry.number('valueSize')];
  const headers = headersField(entry);
  const [offsetDelta, timestampDelta] = [entry.number('offsetDelta'), entry.bigint('timestampDelta')];
  const sizes = [offsetDelta, timestampDelta, keySize, valueSize, headers] as const;
  result.same('recordSizeInBytes', entry.raw('recordSizeInBytes'), recordSize(...sizes));
  result.same('recordBodySizeInBytes', entry.raw('recordBodySizeInBytes'), recordBodySize(...sizes));
  const bound = recordSizeUpperBound(keySize, valueSize, headers);
  result.same('recordSizeUpperBound', entry.raw('recordSizeUpperBound'), bound);
  const ofSize = (size: number): Uint8Array | null => (size < 0 ? null : new Uint8Array(size));
  const estimate = estimateSizeInBytesUpperBound(ofSize(keySize), ofSize(valueSize), headers);
  result.same('estimateBatchSizeUpperBound', entry.raw('estimateBatchSizeUpperBound'), estimate);
  const v1 = legacyRecordSize(1, keySize, valueSize);
  result.same('legacyV0RecordSize', entry.raw('legacyV0RecordSize'), legacyRecordSize(0, keySize, valueSize));
  result.same('legacyV1RecordSize', entry.raw('legacyV1RecordSize'), v1);
  result.same('v1UpperBoundNone', entry.raw('v1UpperBoundNone'), LOG_OVERHEAD + v1);
}
