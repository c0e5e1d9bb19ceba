import { start } from '../broker/process-life.ts';
import { nodeIndex } from './nodes.ts';
import { registerVerb } from './register.ts';

registerVerb('broker.start', (w, { broker }) => start(w, nodeIndex(w, broker)));
