import { NOT_YET } from '../../kafka/config/not-yet.ts';
import { registerVerb } from './register.ts';

registerVerb('producer.init', () => NOT_YET.transactions);
