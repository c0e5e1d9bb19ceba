/** What the learner says before the engine does. The right option is read from what the engine did, never fixed here. */
import { type Prediction, phrase } from '../step.ts';
import { memory } from './memory.ts';

const options = (prediction: string, ids: readonly string[]): Prediction['options'] =>
  ids.map((id) => ({ id, text: phrase(`lesson.lost.${prediction}.${id}`) }));

/** Broker 1 dies: what becomes of the acknowledged records that only it has? */
export const AFTER_KILL: Prediction = {
  question: phrase('lesson.lost.kill.question'),
  options: options('kill', ['back', 'gone', 'again']),
  right(_world, data) {
    const { first } = memory(data);
    if (first === undefined) return null;
    return first.lost > 0 ? 'gone' : 'none';
  },
};

/** The same seconds with acks=all. */
export const WITH_ALL: Prediction = {
  question: phrase('lesson.lost.all.question'),
  options: options('all', ['same', 'fewer', 'zero']),
  right(_world, data) {
    const { first, all } = memory(data);
    if (first === undefined || all === undefined) return null;
    if (all.lost === 0) return 'zero';
    return all.lost < first.lost ? 'fewer' : 'same';
  },
};

/** acks=all with one in-sync copy, and that one loses power. */
export const POWER_CUT: Prediction = {
  question: phrase('lesson.lost.one.question'),
  options: options('one', ['zero', 'pending', 'acked']),
  right(_world, data) {
    const { one } = memory(data);
    if (one === undefined) return null;
    return one.lost > 0 ? 'acked' : 'zero';
  },
};
