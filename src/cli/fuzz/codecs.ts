/** What compression adds to a fuzzed cluster: codecs of producers, topics of another mind, limits that some batches run into. */
import { makeStream } from '../../base/random.ts';
import type { Scenario, ScenarioProducer, ScenarioTopic } from '../../protocol/scenario.ts';
import { between, chance, pick } from './cluster.ts';

const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
const TOPIC_CODECS = ['producer', 'producer', 'uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'];

/**
 * Two seeds of five have codecs. Their draws are their own, so that all else of a seed stays what it was. Records are large enough
 * for unpacking and packing to take time: a broker dies or stops in the middle of it now and then.
 */
export function withCodecs(seed: number, cluster: Scenario): Scenario {
  const draws = makeStream(seed, 'fuzz codecs');
  if (!chance(draws, 40)) return cluster;
  const topics = cluster.topics.map((t): ScenarioTopic => {
    const config: Record<string, string> = { 'compression.type': pick(draws, TOPIC_CODECS) };
    // Now and then too small for what was unpacked.
    if (chance(draws, 20)) config['max.message.bytes'] = pick(draws, ['2500', '8000']);
    if (chance(draws, 20)) config['message.timestamp.type'] = 'LogAppendTime';
    return { ...t, config: { ...t.config, ...config } };
  });
  const producers = (cluster.producers ?? []).map((p): ScenarioProducer => {
    const config: Record<string, string> = { ...p.config, 'compression.type': pick(draws, CODECS) };
    config['batch.size'] = pick(draws, ['4000', '16384', '40000']);
    const bytes = between(draws, 200, 3000);
    return p.workload === undefined
      ? { ...p, config }
      : { ...p, config, workload: { ...p.workload, values: { kind: 'size', bytes } } };
  });
  const codec = pick(draws, ['0', '0', '1', '2', '3', '4']);
  const config = { ...cluster.cluster?.config, 'offsets.topic.compression.codec': codec };
  return { ...cluster, topics, producers, cluster: { ...cluster.cluster, config } };
}
