/** One codec's hidden run in the real engine, until every record is stored on all replicas and read; what went over the wire is heard as it arrives. */
import { vectorGet, vectorLength } from '../../base/vector.ts';
import { replicaOf } from '../../engine/broker/replicas.ts';
import { EventKind } from '../../engine/kernel/event.ts';
import type { EngineParts } from '../../engine/kernel/history/branch.ts';
import { step } from '../../engine/kernel/run.ts';
import type { World } from '../../engine/kernel/world.ts';
import { LEDGER_CHUNK } from '../../engine/ledger/ledger-state.ts';
import type { StoredBatch } from '../../engine/log/stored-batch.ts';
import type { FetchResponse, ProduceRequest } from '../../kafka/api/messages.ts';
import type { CompressionType } from '../../kafka/records/codec.ts';
import { estimateSizeInBytesUpperBound } from '../../kafka/records/record-batch.ts';
import { NO_HEADERS } from '../../kafka/records/record-sizes.ts';
import type { PackSpec } from '../../protocol/pack.ts';
import type { Lines } from '../../protocol/text-lines.ts';
import type { PackData } from './data.ts';
import { PackFailure } from './failure.ts';
import { PARTITION, REPLICAS, scenarioFor, TOPIC } from './scenario.ts';

const PRODUCE = 0;
const FETCH = 1;
const EVENTS_PER_LOOK = 400;
/** delivery.timeout.ms is 2 minutes; after that nothing is on its way any more. */
const PATIENCE_US = 180_000_000;
const MAX_REQUEST_BYTES = 1_048_576;

export interface CodecRun {
  readonly codec: CompressionType;
  readonly world: World;
  /** Of requests and answers that carry records, as they arrive: producer to leader, leader to followers and to the consumer. */
  readonly wireBytes: number;
  /** Of the batches as the producer sent them. */
  readonly sent: { readonly batches: number; readonly bytes: number };
  /** As they lie in the leader's log. */
  readonly stored: readonly StoredBatch[];
  readonly durationUs: number;
}

/** What no producer would send is told before anything runs. */
export function checkRecords({ name, values }: PackData): void {
  values.forEach((value, at) => {
    const bytes = estimateSizeInBytesUpperBound(null, value, NO_HEADERS);
    if (bytes > MAX_REQUEST_BYTES)
      throw new PackFailure('pack.fail.record', { name, line: at + 1, bytes, max: MAX_REQUEST_BYTES });
  });
}

/** Runs it. Yields the part of its records that are through, 0 to 1. */
export function* runCodec(
  parts: EngineParts,
  spec: PackSpec,
  codec: CompressionType,
  data: PackData,
): Generator<number, CodecRun, void> {
  const resolution = parts.resolve(scenarioFor(spec, codec, data.values.length));
  if (!resolution.ok) throw new Error(resolution.problems[0]?.message ?? 'not a scenario');
  const { resolved } = resolution;
  const producer = resolved.producers[0];
  if (producer?.workload === null || producer === undefined) throw new Error('the run has no workload');
  // The records are put in behind the parser: its limit for one text is that of a scenario file. A record may be bytes as well.
  producer.workload.values = { kind: 'lines', lines: data.values as Lines };
  const world = parts.makeWorld(resolved);
  const count = data.values.length;
  const untilUs = producer.workload.startUs + Math.ceil((count * 1e6) / spec.ratePerSecond) + PATIENCE_US;
  const wire = new Wire();
  for (let since = 1; !isThrough(world, count); since++) {
    wire.listen(world);
    if (!step(world, [], untilUs)) break;
    if (since % EVENTS_PER_LOOK === 0) yield world.ledger.delivered / count;
  }
  checkThrough(world, count);
  const leader = replicaOf(world, REPLICAS[0], PARTITION);
  if (leader === null) throw new Error('the run has no leader');
  const stored = Array.from({ length: vectorLength(leader.batches) }, (_, i) => vectorGet(leader.batches, i));
  return { codec, world, wireBytes: wire.bytes, sent: wire.sent(), stored, durationUs: durationOf(world) };
}

/** Sums what carries records of the topic, at its arrival. */
class Wire {
  bytes = 0;
  private readonly sentBatches = new Map<string, number>();

  /** Before the kernel's next step: what is about to arrive. */
  listen(w: World): void {
    const event = w.queue[0];
    if (event === undefined || event.kind !== EventKind.Deliver || event.message === null) return;
    const { apiKey, toServer, body, sizeBytes } = event.message;
    if (toServer && apiKey === PRODUCE) {
      this.bytes += sizeBytes;
      for (const { records } of (body as ProduceRequest).partitionData)
        this.sentBatches.set(`${records.producerEpoch}:${records.baseSequence}`, records.sizeInBytes);
    } else if (!toServer && apiKey === FETCH) {
      const carries = ((body as FetchResponse).responses ?? []).some((r) => r.topic === TOPIC && r.records.length > 0);
      if (carries) this.bytes += sizeBytes;
    }
  }

  /** A batch that was sent again is one batch. */
  sent(): CodecRun['sent'] {
    let bytes = 0;
    for (const size of this.sentBatches.values()) bytes += size;
    return { batches: this.sentBatches.size, bytes };
  }
}

function isThrough(w: World, count: number): boolean {
  const { ledger } = w;
  if (ledger.acked + ledger.failed < count || ledger.delivered < ledger.acked) return false;
  const leo = replicaOf(w, REPLICAS[0], PARTITION)?.leo ?? -1;
  return REPLICAS.every((broker) => replicaOf(w, broker, PARTITION)?.leo === leo);
}

function checkThrough(w: World, records: number): void {
  const { acked, failed, delivered, errors } = w.ledger;
  if (failed > 0) {
    const error = [...errors].map(([name, count]) => `${name} (${count})`).join(', ');
    throw new PackFailure('pack.fail.not-sent', { failed, records, error });
  }
  if (acked < records || delivered < records)
    throw new PackFailure('pack.fail.unfinished', {
      us: w.nowUs,
      pending: records - Math.min(acked, delivered),
      records,
    });
}

/** From the first send to the last acknowledgement. */
function durationOf({ ledger }: World): number {
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (let id = 0; id < ledger.count; id++) {
    const chunk = ledger.chunks[Math.floor(id / LEDGER_CHUNK)];
    const at = id % LEDGER_CHUNK;
    first = Math.min(first, chunk?.sentUs[at] ?? first);
    last = Math.max(last, chunk?.ackedUs[at] ?? last);
  }
  return last - first;
}
