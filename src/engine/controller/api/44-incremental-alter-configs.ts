/** IncrementalAlterConfigs. Rules 88, 100: with ELR a broker's min.insync.replicas is refused, and a change clears ELRs. */
import { errorCode } from '../../../kafka/api/errors.ts';
import type { IncrementalAlterConfigsRequest, SimpleResponse } from '../../../kafka/api/messages.ts';
import { effectiveBrokerConfig, refuseBrokerMinIsr } from '../../../kafka/config/effective-broker.ts';
import { effectiveTopicConfig } from '../../../kafka/config/effective-topic.ts';
import type { ConfigEntries } from '../../../kafka/config/types.ts';
import { validateConfigValue } from '../../../kafka/config/validate.ts';
import type { World } from '../../kernel/world.ts';
import { registerApi, respond } from '../../net/network.ts';
import { lateGroupConfig } from '../../slots.ts';
import { configOf } from '../metadata-image.ts';
import type { MetadataRecord } from '../metadata-records.ts';
import { appendRecords } from '../quorum-controller.ts';

const SCOPES = { TOPIC: 'topic', BROKER: 'broker', GROUP: 'group' } as const;
const INVALID_CONFIG = errorCode('INVALID_CONFIG');
const UNKNOWN_TOPIC_OR_PARTITION = errorCode('UNKNOWN_TOPIC_OR_PARTITION');

/** Rule 88 (ConfigurationControlManager.isDisallowedClusterMinIsrTransition). */
function removesClusterMinIsr(
  w: World,
  resource: IncrementalAlterConfigsRequest['resources'][number],
  name: string,
  value: string | null,
): boolean {
  const cluster = resource.resourceType === 'BROKER' && resource.resourceName === '';
  return w.controller.elrEnabled && cluster && name === 'min.insync.replicas' && value === null;
}

/** What a resource would run with after the change does not fit together: Kafka's reason, null where it fits. */
function contradiction(w: World, resource: IncrementalAlterConfigsRequest['resources'][number]): string | null {
  const { resourceType, resourceName } = resource;
  const image = w.controller.image;
  const after = new Map(configOf(image, resourceType, resourceName));
  for (const { name, configOperation, value } of resource.configs) {
    if (configOperation === 'DELETE' || value === null) after.delete(name);
    else after.set(name, value);
  }
  const file = new Map(w.controller.entries);
  if (resourceType === 'TOPIC') {
    const broker: ConfigEntries = [...new Map([...file, ...configOf(image, 'BROKER', '')])];
    const topic = effectiveTopicConfig([...after], broker);
    return topic.ok ? null : (topic.refusals[0]?.message ?? null);
  }
  if (resourceType === 'GROUP') {
    const group = lateGroupConfig.effectiveGroupConfig(
      [...after],
      [...new Map([...file, ...configOf(image, 'BROKER', '')])],
    );
    return group.ok ? null : (group.refusals[0]?.message ?? null);
  }
  const shared = resourceName === '' ? [] : [...configOf(image, 'BROKER', '')];
  const own = w.brokers.find((b) => String(b.id) === resourceName)?.entries ?? file;
  const broker = effectiveBrokerConfig([...new Map([...own, ...shared, ...after])]);
  return broker.ok ? null : (broker.refusals[0]?.message ?? null);
}

registerApi('controller', 44, (w, _node, _connection, request) => {
  const body = request.body as IncrementalAlterConfigsRequest;
  const records: MetadataRecord[] = [];
  let code = 0;
  let message: string | null = null;
  const clear: (string | null)[] = [];
  for (const resource of body.resources) {
    const scope = SCOPES[resource.resourceType];
    if (scope === 'topic' && !w.controller.image.topics.has(resource.resourceName)) {
      code = UNKNOWN_TOPIC_OR_PARTITION;
      message = `no topic ${resource.resourceName}`;
      continue;
    }
    for (const config of resource.configs) {
      const value = config.configOperation === 'DELETE' ? null : config.value;
      const verdict = value === null ? null : validateConfigValue(scope, config.name, value);
      const minIsr =
        scope === 'broker'
          ? refuseBrokerMinIsr(
              config.name,
              resource.resourceName === '' ? null : resource.resourceName,
              w.controller.elrEnabled,
            )
          : null;
      if (verdict !== null && !verdict.ok) {
        code = INVALID_CONFIG;
        message = verdict.message;
      } else if (minIsr !== null) {
        code = INVALID_CONFIG;
        message = minIsr.message;
      } else if (removesClusterMinIsr(w, resource, config.name, value)) {
        code = INVALID_CONFIG;
        message = 'Cluster-level min.insync.replicas cannot be removed while ELR is enabled.';
      } else {
        records.push({
          type: 'ConfigRecord',
          resourceType: resource.resourceType,
          resourceName: resource.resourceName,
          name: config.name,
          value,
        });
        if (config.name === 'min.insync.replicas') clear.push(scope === 'topic' ? resource.resourceName : null);
      }
    }
  }
  for (const resource of body.resources) {
    const reason = code === 0 ? contradiction(w, resource) : null;
    if (reason === null) continue;
    code = INVALID_CONFIG;
    message = reason;
  }
  if (code === 0) {
    // One batch: who follows the metadata log learns both at once.
    if (w.controller.elrEnabled) for (const topicName of clear) records.push({ type: 'ClearElrRecord', topicName });
    appendRecords(w, records);
  }
  const answer: SimpleResponse = { errorCode: code, errorMessage: message, errors: code === 0 ? [] : [code] };
  respond(w, request, answer, 40);
});
