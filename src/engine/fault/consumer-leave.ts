import { leaveConsumer } from '../client/consumer.ts';
import { runningConsumer } from '../client/consumer-commands.ts';
import { registerVerb } from './register.ts';

registerVerb('consumer.leave', (w, { consumer }) => {
  const ref = runningConsumer(w, consumer);
  if (typeof ref === 'string') return ref;
  leaveConsumer(w, ref);
  return null;
});
