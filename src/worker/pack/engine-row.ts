/** A run of the engine as figures: sizes from the leader's log, work from the engine's own counters. */
import { brokerState, replicaOf } from '../../engine/broker/replicas.ts';
import { NO_WORK } from '../../engine/client/pack-state.ts';
import type { StoredBatch } from '../../engine/log/stored-batch.ts';
import { batchOverhead, encodeBatch, makeBatch } from '../../kafka/records/record-batch.ts';
import type { PackSpec, PackWork } from '../../protocol/pack.ts';
import { type Measured, type StoredBatches, workDone } from './measured.ts';
import type { CodecRun } from './run.ts';
import { PARTITION, REPLICAS, TOPIC } from './scenario.ts';
import { levelFor, storedCodec } from './spec.ts';

const LEADER = REPLICAS[0];

export function measuredOf(run: CodecRun, spec: PackSpec): Measured {
  const { world, codec, sent, stored, wireBytes, durationUs } = run;
  checkCodec(run, spec);
  const bytesOn = (broker: number): number => replicaOf(world, broker, PARTITION)?.sizeBytes ?? 0;
  return {
    codec,
    how: 'engine',
    level: levelFor(spec, codec),
    records: stored.reduce((sum, { batch }) => sum + batch.records.length, 0),
    batches: stored.length,
    sentBytes: sent.bytes,
    storedBytes: bytesOn(LEADER),
    wireBytes,
    replicaBytes: REPLICAS.reduce((sum, broker) => sum + bytesOn(broker), 0),
    durationUs,
    list: stored.map(({ baseOffset, batch }) => ({
      baseOffset,
      sizeInBytes: batch.sizeInBytes,
      plainSizeInBytes: batch.plainSizeInBytes,
      records: batch.records.length,
    })),
    work: workOf(run),
    batchesOf: new EngineBatches(stored),
  };
}

/** The engine must have done what was asked: a row never shows another codec's figures. */
function checkCodec({ codec, stored }: CodecRun, { brokerCodec }: PackSpec): void {
  const target = storedCodec(codec, brokerCodec);
  const other = stored.find(({ batch }) => batch.compression !== target);
  if (other !== undefined)
    throw new Error(
      `the run with ${codec} stored ${other.batch.compression} at offset ${other.baseOffset}, not ${target}`,
    );
}

/** By the engine's counters; followers keep what they fetched as it is and spend nothing on it. */
function workOf({ world, stored }: CodecRun): PackWork[] {
  const packed = world.producers[0]?.packing?.work ?? NO_WORK;
  const unpacked = world.consumers[0]?.unpacking?.work ?? NO_WORK;
  const leader = brokerState(world, LEADER).work?.topics.get(TOPIC);
  const repacked = leader?.repacked ?? 0;
  const kept = stored.length - repacked;
  const unpackUs = leader?.unpackUs ?? 0;
  const validated = unpackUs === 0 || repacked > 0 ? 0 : (leader?.validated ?? 0);
  return workDone([
    { who: 'producer', what: 'compress', batches: packed.batches, totalUs: packed.us },
    { who: 'leader', what: 'validate', batches: validated, totalUs: unpackUs },
    { who: 'leader', what: 'decompress', batches: unpackUs > 0 ? repacked : 0, totalUs: unpackUs },
    {
      who: 'leader',
      what: 'compress',
      batches: (leader?.packUs ?? 0) > 0 ? repacked : 0,
      totalUs: leader?.packUs ?? 0,
    },
    { who: 'leader', what: 'keep', batches: kept, totalUs: 0 },
    { who: 'follower', what: 'keep', batches: stored.length * (REPLICAS.length - 1), totalUs: 0 },
    { who: 'consumer', what: 'decompress', batches: unpacked.batches, totalUs: unpacked.us },
  ]);
}

class EngineBatches implements StoredBatches {
  readonly magic = 2;
  private readonly stored: readonly StoredBatch[];
  constructor(stored: readonly StoredBatch[]) {
    this.stored = stored;
  }

  at(index: number): StoredBatch {
    return this.stored[index] as StoredBatch;
  }

  bytes(at: number): Uint8Array {
    const { batch, baseOffset, leaderEpoch } = this.at(at);
    return encodeBatch(batch, baseOffset, leaderEpoch);
  }

  records(at: number): readonly StoredBatch['batch']['records'][number][] {
    return this.at(at).batch.records;
  }

  plain(at: number): Uint8Array {
    const { batch } = this.at(at);
    const plain = batch.compression === 'none' ? batch : makeBatch({ ...batch, compression: 'none' });
    return encodeBatch(plain, 0, 0).subarray(batchOverhead);
  }
}
