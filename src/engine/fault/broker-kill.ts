import { kill } from '../broker/process-life.ts';
import { nodeIndex } from './nodes.ts';
import { registerVerb } from './register.ts';

registerVerb('broker.kill', (w, { broker }) => kill(w, nodeIndex(w, broker)));
