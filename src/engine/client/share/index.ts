/** Fills the place of share consumers in slots.ts. */
import { fillLate } from '../../../base/late-module.ts';
import { lateShare } from '../../slots.ts';
import * as shareConsumer from './share-consumer.ts';

fillLate(lateShare, shareConsumer);
