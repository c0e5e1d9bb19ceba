/** What a KafkaConsumer's constructor refuses beyond ConsumerConfig itself: names of groups and members, and heartbeats (4.3.1). */
import { type ConfigNote, type ConfigView, makeNote } from './config-view.ts';
import { type ConfigRefusal, makeRefusal } from './validate.ts';

/** Topic.validate, which names of static members go through as well. */
const NAME = /^[A-Za-z0-9._-]{1,249}$/;

export function checkMembership(view: ConfigView): ConfigRefusal | null {
  const instance = view.textOrNull('group.instance.id');
  if (instance !== null && (!NAME.test(instance) || instance === '.' || instance === '..')) {
    const params = { value: instance };
    return makeRefusal('group.instance.id', 'bad-instance-id', params, 'InvalidConfigurationException');
  }
  const group = view.textOrNull('group.id');
  if (group === '') return makeRefusal('group.id', 'empty-group', {}, 'InvalidGroupIdException');
  // Without a group there is no heartbeat; under the other protocol the broker says how often.
  if (group === null || view.text('group.protocol').toLowerCase() === 'consumer') return null;
  const [heartbeat, session] = [view.number('heartbeat.interval.ms'), view.number('session.timeout.ms')];
  if (heartbeat < session) return null;
  const params = { value: String(heartbeat), limit: String(session) };
  return makeRefusal('heartbeat.interval.ms', 'heartbeat-not-below-session', params, 'IllegalArgumentException');
}

/** Kafka takes it without a word: an empty fetch is answered after the client has given up on it. */
export function noteFetchWait(view: ConfigView, notes: ConfigNote[]): void {
  const [wait, request] = [view.number('fetch.max.wait.ms'), view.number('request.timeout.ms')];
  if (wait < request) return;
  notes.push(makeNote('fetch.max.wait.ms', 'wait-outlasts-request', { from: String(wait), to: String(request) }));
}
