/** What the coordinator asks of groups of the new protocol (KIP-848): it comes late, and nothing is asked while there are none. */
export { servedByConsumerGroup } from './modern/classic-members.ts';
export { cloneConsumerGroup } from './modern/consumer-group.ts';
export { runGroupTimer } from './modern/due.ts';
export { finishLoadingModern } from './modern/loading.ts';
export { validateCommit, validateFetch } from './modern/offsets.ts';
export { nextGroupTimer } from './modern/timers.ts';
