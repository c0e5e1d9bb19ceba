import { inGroup } from '../client/abstract-coordinator.ts';
import { askCommit } from '../client/application-calls.ts';
import { ownConsumer, runConsumer } from '../client/consumer.ts';
import { runningConsumer } from '../client/consumer-commands.ts';
import { lateShare } from '../slots.ts';
import { registerVerb } from './register.ts';

registerVerb('consumer.commit', (w, { consumer }) => {
  const ref = runningConsumer(w, consumer);
  if (typeof ref === 'string') return ref;
  const c = ownConsumer(w, ref);
  if (c.share) {
    lateShare.askShareCommit(w, ref);
    runConsumer(w, ref);
    return null;
  }
  if (!inGroup(c))
    return 'InvalidGroupIdException: To use the group management or offset commit APIs, you must provide a valid group.id';
  askCommit(w, c);
  runConsumer(w, ref);
  return null;
});
