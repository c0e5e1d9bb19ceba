/** What each message of the engine changes in the page; pure. */
import type { EngineMessage } from '../protocol/engine-client.ts';
import type { PageData } from './model.ts';
import { applyTimeline } from './timeline.ts';

const PAUSED = { key: 'app.pace.paused', params: {} } as const;

function stopped(state: PageData): PageData['player'] {
  return { ...state.player, playing: false, mode: 'paused', reason: PAUSED };
}

/** One request fewer is under way. */
function one(state: PageData): Pick<PageData, 'pending' | 'awaiting'> {
  const awaiting = state.awaiting.slice(1);
  return { awaiting, pending: awaiting.length };
}

/**
 * Which requests a frame answers. A change of the view brings a frame of its own, or none when others wait, so frames
 * cannot simply be counted: a seek counts as answered only when a jump is seen, else the player would grant time from the
 * moment before it.
 */
function answeredBy(state: PageData, jump: number): Pick<PageData, 'pending' | 'awaiting'> {
  if (state.frame === null || jump !== state.frame.jump) {
    // A change from the start jumps as well, though it need not: then it answers the first that waits.
    const awaiting = state.awaiting.slice(Math.max(0, state.awaiting.indexOf('jump')) + 1);
    return { awaiting, pending: awaiting.length };
  }
  return state.awaiting[0] === 'frame' ? one(state) : { awaiting: state.awaiting, pending: state.pending };
}

export function receive(state: PageData, message: EngineMessage): Partial<PageData> {
  switch (message.type) {
    case 'info':
      return { info: message.info };
    case 'frame': {
      const change: { -readonly [K in keyof PageData]?: PageData[K] } = {
        frame: message.frame,
        ...answeredBy(state, message.frame.jump),
        progress: null,
      };
      if (message.stopped === 'end' && state.player.playing) change.player = stopped(state);
      return change;
    }
    case 'timeline': {
      const timeline = applyTimeline(state.timeline, message.delta);
      const { branched } = state;
      const known = (id: number): boolean => timeline.branches.some((branch) => branch.id === id);
      // An undo may take one of the two compared branches away.
      return branched !== null && !(known(branched.from) && known(branched.to))
        ? { timeline, branched: null }
        : { timeline };
    }
    case 'edits':
      return { edits: { undo: message.undo, redo: message.redo } };
    case 'undone':
      return {};
    case 'refused':
      return {
        ...one(state),
        progress: null,
        refusal: { message: message.message, kafkaException: message.kafkaException, edit: message.edit },
      };
    case 'problems':
      return {
        ...one(state),
        progress: null,
        openFailure: {
          source: 'engine',
          name: null,
          phrase: null,
          problems: message.problems,
        },
      };
    case 'branched': {
      const { from, to, atUs } = message;
      return { branched: { from, to, atUs }, branchedSeen: false };
    }
    case 'lab-progress':
      return {};
    case 'progress':
      return { progress: { what: message.what, doneUs: message.doneUs, ofUs: message.ofUs } };
    case 'crashed': {
      const { invariant, atUs, scenario } = message;
      return {
        pending: 0,
        awaiting: [],
        progress: null,
        player: stopped(state),
        crash: { message: message.message, invariant, atUs, scenario: scenario ?? state.scenario },
      };
    }
  }
}
