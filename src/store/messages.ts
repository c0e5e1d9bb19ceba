/** What each message of the engine changes in the page; pure. */
import type { EngineMessage } from '../protocol/engine-client.ts'
import type { PageData } from './model.ts'
import { applyTimeline } from './timeline.ts'

const PAUSED = { key: 'app.pace.paused', params: {} } as const

function stopped(state: PageData): PageData['player'] {
  return { ...state.player, playing: false, mode: 'paused', reason: PAUSED }
}

export function receive(state: PageData, message: EngineMessage): Partial<PageData> {
  const answered = Math.max(0, state.pending - 1)
  switch (message.type) {
    case 'info':
      return { info: message.info }
    case 'frame': {
      const change: { -readonly [K in keyof PageData]?: PageData[K] } = {
        frame: message.frame,
        pending: answered,
        progress: null,
      }
      if (message.stopped === 'end' && state.player.playing) change.player = stopped(state)
      return change
    }
    case 'timeline':
      return { timeline: applyTimeline(state.timeline, message.delta) }
    case 'refused':
      return {
        pending: answered,
        progress: null,
        refusal: { message: message.message, kafkaException: message.kafkaException, edit: message.edit },
      }
    case 'problems':
      return {
        pending: answered,
        progress: null,
        openFailure: {
          source: 'engine',
          name: null,
          phrase: null,
          problems: message.problems,
        },
      }
    case 'branched': {
      const { from, to, atUs } = message
      return { branched: { from, to, atUs }, branchedSeen: false }
    }
    case 'progress':
      return { progress: { what: message.what, doneUs: message.doneUs, ofUs: message.ofUs } }
    case 'crashed': {
      const { invariant, atUs, scenario } = message
      return {
        pending: 0,
        progress: null,
        player: stopped(state),
        crash: { message: message.message, invariant, atUs, scenario: scenario ?? state.scenario },
      }
    }
  }
}
