import { ownConsumer, runConsumer } from '../client/consumer.ts';
import { pauseApplication } from '../client/consumer-application.ts';
import { runningConsumer } from '../client/consumer-commands.ts';
import { tell } from '../kernel/schedule.ts';
import { registerVerb } from './register.ts';

registerVerb('consumer.pause', (w, { consumer, ms }) => {
  const ref = runningConsumer(w, consumer);
  if (typeof ref === 'string') return ref;
  const c = ownConsumer(w, ref);
  pauseApplication(w, c, ms === null ? Number.POSITIVE_INFINITY : w.nowUs + Math.round(ms * 1000));
  tell(w, 'log.consumer.paused', { consumer }, [`consumer:${consumer}`], 'plain', 'faults');
  runConsumer(w, ref);
  return null;
});
