/** Fills the place of members with group.protocol=consumer in slots.ts, and lets them hear of subscribe(). */
import { fillLate } from '../../../base/late-module.ts';
import { lateAsync } from '../../slots.ts';
import * as asyncConsumer from './async-consumer.ts';

fillLate(lateAsync, asyncConsumer);
