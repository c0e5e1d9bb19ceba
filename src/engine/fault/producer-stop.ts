import { callProducer } from '../client/producer-commands.ts';
import { registerVerb } from './register.ts';

/** close(): what was handed to send() still goes out, for as long as delivery.timeout.ms allows. */
registerVerb('producer.stop', (w, { producer }) => callProducer(w, producer, { kind: 'close', atUs: w.nowUs }));
