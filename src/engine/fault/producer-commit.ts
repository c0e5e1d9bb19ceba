import { NOT_YET } from '../../kafka/config/not-yet.ts';
import { registerVerb } from './register.ts';

registerVerb('producer.commit', () => NOT_YET.transactions);
