import type { TopicConfig } from '../../kafka/config/effective-topic.ts';
import { readers } from '../../kafka/config/readers.ts';
import type { ConfigEntries } from '../../kafka/config/types.ts';
import { type ConfigMap, configOf, type MetadataImage } from '../controller/metadata-image.ts';

/** Parsed configurations by the identity of the immutable maps they come from: a cache, no state. */
const parsed = new WeakMap<ConfigMap, WeakMap<ConfigEntries, TopicConfig>>();

/** What a topic's logs run with on a node of these properties (LogConfig; dynamic cluster defaults included). */
export function topicConfig(image: MetadataImage, topic: string, nodeEntries: ConfigEntries): TopicConfig {
  const own = configOf(image, 'TOPIC', topic);
  const dynamic = configOf(image, 'BROKER', '');
  if (dynamic.size > 0) return parse(own, [...nodeEntries.filter(([k]) => !dynamic.has(k)), ...dynamic]);
  let byNode = parsed.get(own);
  if (byNode === undefined) {
    byNode = new WeakMap();
    parsed.set(own, byNode);
  }
  let config = byNode.get(nodeEntries);
  if (config === undefined) {
    config = parse(own, nodeEntries);
    byNode.set(nodeEntries, config);
  }
  return config;
}

function parse(own: ConfigMap, nodeEntries: ConfigEntries): TopicConfig {
  const result = readers.topic([...own], nodeEntries);
  if (!result.ok)
    throw new Error(`a topic's configuration that was accepted does not parse: ${result.refusals[0]?.message}`);
  return result.config;
}
