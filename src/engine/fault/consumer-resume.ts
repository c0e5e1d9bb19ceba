import { ownConsumer, runConsumer } from '../client/consumer.ts';
import { runningConsumer } from '../client/consumer-commands.ts';
import { registerVerb } from './register.ts';

registerVerb('consumer.resume', (w, { consumer }) => {
  const ref = runningConsumer(w, consumer);
  if (typeof ref === 'string') return ref;
  const c = ownConsumer(w, ref);
  if (c.pausedUntilUs <= w.nowUs) return `${consumer} is not paused.`;
  c.pausedUntilUs = w.nowUs;
  runConsumer(w, ref);
  return null;
});
