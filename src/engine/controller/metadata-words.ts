/** What a metadata record means, in words and as facts for lanes and results. Observers only. */
import type { ThingId } from '../../protocol/frame.ts';
import { tell } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import { latePartitionWords } from '../slots.ts';
import { configOf, type MetadataImage } from './metadata-image.ts';
import type { MetadataRecord } from './metadata-records.ts';

export function brokerThing(id: number): ThingId {
  return `broker:${id}`;
}

export function tellRecord(w: World, before: MetadataImage, after: MetadataImage, record: MetadataRecord): void {
  if (record.type === 'PartitionChangeRecord') {
    const old = before.partitions[record.partition];
    const now = after.partitions[record.partition];
    if (old && now) latePartitionWords.tellPartition(w, old, now, record.why);
  } else if (record.type === 'BrokerRegistrationChangeRecord') {
    const about = [brokerThing(record.brokerId)];
    if (record.fenced === -1) tell(w, 'log.broker.unfenced', { broker: record.brokerId }, about, 'good');
    if (record.fenced === 1) {
      const shutting = before.brokers[record.brokerId]?.inControlledShutdown === true;
      const contact = w.controller.heartbeats[record.brokerId]?.lastContactUs ?? 0;
      if (shutting) tell(w, 'log.broker.fenced-shutdown', { broker: record.brokerId }, about, 'plain', 'elections');
      else
        tell(
          w,
          'log.broker.fenced',
          { broker: record.brokerId, silentUs: w.nowUs - Math.max(0, contact) },
          about,
          'harm',
          'elections',
        );
    }
  } else if (record.type === 'RegisterBrokerRecord') {
    const known = before.brokers[record.brokerId];
    if (known !== null && known !== undefined)
      tell(w, 'log.broker.registered', { broker: record.brokerId, epoch: record.brokerEpoch }, [
        brokerThing(record.brokerId),
      ]);
  } else if (record.type === 'ConfigRecord') {
    const thing =
      record.resourceType === 'TOPIC'
        ? record.resourceName
        : record.resourceName === ''
          ? 'brokers'
          : `${record.resourceType.toLowerCase()} ${record.resourceName}`;
    const about: ThingId[] =
      record.resourceType === 'TOPIC'
        ? [`topic:${record.resourceName}`]
        : record.resourceName === ''
          ? []
          : [`${record.resourceType === 'GROUP' ? 'group' : 'broker'}:${record.resourceName}`];
    const from = configOf(before, record.resourceType, record.resourceName).get(record.name) ?? '–';
    if (w.nowUs === 0 && w.eventCount === 0) return;
    // What a topic is made with is no change.
    if (record.resourceType === 'TOPIC' && !before.topics.has(record.resourceName)) return;
    if (record.value === null) tell(w, 'log.config.reset', { thing, key: record.name, value: '–' }, about);
    else tell(w, 'log.config.set', { thing, key: record.name, value: record.value, from }, about);
  }
}
