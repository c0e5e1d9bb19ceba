import { parsePartitionName } from '../../protocol/partition-name.ts';
import { currentLeader } from '../client/client-metadata.ts';
import { positioned } from '../client/committed-offsets.ts';
import { ownConsumer, runConsumer } from '../client/consumer.ts';
import { runningConsumer } from '../client/consumer-commands.ts';
import {
  EARLIEST_TIMESTAMP,
  findAssigned,
  LATEST_TIMESTAMP,
  requestReset,
  seekTo,
} from '../client/subscription-state.ts';
import { tell } from '../kernel/schedule.ts';
import { registerVerb } from './register.ts';

registerVerb('consumer.seek', (w, { consumer, partition, to }) => {
  const ref = runningConsumer(w, consumer);
  if (typeof ref === 'string') return ref;
  const c = ownConsumer(w, ref);
  const where = parsePartitionName(partition);
  const p = where === null ? null : findAssigned(c, where.topic, where.partition);
  if (p === null) return `IllegalStateException: No current assignment for partition ${partition}`;
  if (typeof to === 'number') {
    const { leader, epoch } = currentLeader(c.metadata, p.topic, p.index);
    seekTo(p, to, -1, leader, epoch);
    positioned(w, c, p);
    tell(
      w,
      'log.consumer.seek',
      { consumer, offset: to, partition },
      [`consumer:${consumer}`, `partition:${partition}`],
      'plain',
      'faults',
    );
  } else {
    requestReset(p, { timestamp: to === 'beginning' ? EARLIEST_TIMESTAMP : LATEST_TIMESTAMP, bySeek: true });
  }
  runConsumer(w, ref);
  return null;
});
