/** What LogValidator knows while it validates: the topic, the leader and the time; and the errors it speaks of. */

import type { Magic } from '../byte-field.ts';
import type { CompressionType } from '../codec.ts';
import { FormatError, type JavaException } from '../legacy/format-error.ts';
import { type RefusalKey, refused } from '../legacy/refusal-keys.ts';
import type { TimestampType } from '../record-batch.ts';
import type { ProduceConfig } from './produced.ts';

export interface Context {
  readonly produceVersion: number;
  readonly toMagic: Magic;
  readonly compressionType: CompressionType | 'producer' | 'uncompressed';
  readonly level: number | undefined;
  readonly maxMessageBytes: number;
  readonly segmentBytes: number;
  readonly compacted: boolean;
  readonly timestampType: TimestampType;
  readonly timestampBeforeMaxMs: bigint;
  readonly timestampAfterMaxMs: bigint;
  readonly leaderEpoch: number;
  readonly nextOffset: bigint;
  readonly transactionalId: string | null | undefined;
  readonly now: bigint;
}

const MAX_LONG = 9223372036854775807n;

/** The defaults of Kafka 4.3 where the question is silent. */
export function contextOf(config: ProduceConfig, now: number | bigint): Context {
  return {
    produceVersion: config.produceVersion ?? 13,
    toMagic: config.toMagic ?? 2,
    compressionType: config.compressionType ?? 'producer',
    level: config.level,
    maxMessageBytes: config.maxMessageBytes ?? 1_048_588,
    segmentBytes: config.segmentBytes ?? 1_073_741_824,
    compacted: config.compacted ?? false,
    timestampType: config.timestampType ?? 'CreateTime',
    timestampBeforeMaxMs: BigInt(config.timestampBeforeMaxMs ?? MAX_LONG),
    timestampAfterMaxMs: BigInt(config.timestampAfterMaxMs ?? 3_600_000),
    leaderEpoch: config.leaderEpoch ?? 0,
    nextOffset: BigInt(config.nextOffset ?? 0),
    transactionalId: config.transactionalId,
    now: BigInt(now),
  };
}

/** BrokerCompressionType.targetCompression. */
export function targetCodec(context: Context, source: CompressionType): CompressionType {
  if (context.compressionType === 'producer') return source;
  return context.compressionType === 'uncompressed' ? 'none' : context.compressionType;
}

export function refuse(
  exception: JavaException,
  position: number,
  key: RefusalKey,
  params: Readonly<Record<string, string | number>>,
  message: string,
): never {
  throw new FormatError(exception, position, refused(key, params), message);
}
