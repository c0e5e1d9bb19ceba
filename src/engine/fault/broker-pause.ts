import { pause } from '../broker/process-life.ts';
import { nodeIndex } from './nodes.ts';
import { registerVerb } from './register.ts';

registerVerb('broker.pause', (w, { broker }) => pause(w, nodeIndex(w, broker)));
