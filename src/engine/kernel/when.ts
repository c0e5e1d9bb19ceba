/** Steps that follow an event: one queue in file order, the head armed when the step before it was applied. */
import type { ResolvedStep, ResolvedWhen } from '../../protocol/scenario.ts';
import { coordinatorHooks } from '../broker/coordinator-hooks.ts';
import { EventKind } from './event.ts';
import { applyCommand } from './run.ts';
import { registerEvent, schedule } from './schedule.ts';
import type { World } from './world.ts';

let ofSteps: readonly ResolvedStep[] = [];
let known: readonly ResolvedStep[] = [];

/** They are asked for after every event that may have made a condition true, so the last list is kept: it follows from the steps alone. */
function whenSteps(w: World): readonly ResolvedStep[] {
  if (w.scenario.steps !== ofSteps) {
    ofSteps = w.scenario.steps;
    known = ofSteps.filter((s) => s.start.kind === 'when');
  }
  return known;
}

export function runWhenSteps(w: World): void {
  w.whenDirty = false;
  if (w.whenWaiting || w.scenario.steps.length === 0) return;
  const armed = whenSteps(w)[w.whenPosition];
  if (armed === undefined || armed.start.kind !== 'when') return;
  if (!holds(w, armed.start.when, armed.index)) return;
  if (armed.start.afterUs > 0) {
    w.whenWaiting = true;
    schedule(w, w.nowUs + armed.start.afterUs, EventKind.WhenStep, -1, armed.index);
  } else {
    w.whenPosition += 1;
    applyCommand(w, { id: armed.index, atUs: w.nowUs, command: armed.command });
  }
}

registerEvent(EventKind.WhenStep, (w, event) => {
  const armed = whenSteps(w)[w.whenPosition];
  if (armed === undefined || armed.index !== event.arg) return;
  w.whenWaiting = false;
  w.whenPosition += 1;
  applyCommand(w, { id: armed.index, atUs: w.nowUs, command: armed.command });
});

function holds(w: World, when: ResolvedWhen, index: number): boolean {
  switch (when.event) {
    case 'previous':
      return index === 0 || w.appliedSteps.includes(index - 1);
    case 'sent':
    case 'acked': {
      const ref = w.producers.findIndex((p) => p.id === when.producer);
      const counts = when.event === 'sent' ? w.ledger.sentBy : w.ledger.ackedBy;
      return (counts[ref] ?? 0) >= when.count;
    }
    case 'processed': {
      const ref = w.consumers.findIndex((c) => c.id === when.consumer);
      return (w.ledger.processedBy[ref] ?? 0) >= when.count;
    }
    case 'leader':
    case 'isr': {
      const partition = w.partitionByName.get(`${when.partition.topic}-${when.partition.partition}`);
      const registration = partition === undefined ? null : w.controller.image.partitions[partition];
      if (registration === null || registration === undefined) return false;
      if (when.event === 'leader') return registration.leader === when.is;
      const isr = [...registration.isr].sort((a, b) => a - b);
      const wanted = [...when.is].sort((a, b) => a - b);
      return isr.length === wanted.length && isr.every((b, i) => b === wanted[i]);
    }
    case 'groupState': {
      const group = coordinatorHooks.groupState(w, when.group);
      return group?.state === when.is && (when.members === null || group.members === when.members);
    }
  }
}
