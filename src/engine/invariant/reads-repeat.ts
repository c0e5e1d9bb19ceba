import type { FetchRequest, FetchResponse } from '../../kafka/api/messages.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { isCompacted } from '../log/cleaned-log.ts';
import { committedOf } from './logs-match.ts';
import { isPromised, type Seen, sameBatch } from './seen.ts';

const FETCH = 1;

/** Whoever reads an offset twice reads the same: what a consumer was answered is what was committed there. */
export function readRepeats(w: World, seen: Seen, answer: FetchResponse): string | null {
  for (const p of answer.responses) {
    if (p.records.length === 0 || !isPromised(w, seen, p.partition) || isCompacted(w, p.partition)) continue;
    const committed = committedOf(seen, p.partition);
    for (const b of p.records) {
      const other = committed.get(b.baseOffset);
      if (other === undefined) committed.set(b.baseOffset, b);
      else if (!sameBatch(b, other))
        return `${p.topic}-${p.index}: a consumer read offset ${b.baseOffset} of leader epoch ${b.leaderEpoch}; committed there is a batch of epoch ${other.leaderEpoch}`;
    }
  }
  return null;
}

/** The last answers that consumers had. */
export function readsRepeat(w: World, seen: Seen): string | null {
  for (const c of w.connections) {
    if ((w.nodes[c.client] as NodeState).kind !== 'consumer') continue;
    for (const { request, response } of c.recent) {
      if (request.apiKey !== FETCH || response === null || (request.body as FetchRequest).replicaId >= 0) continue;
      const wrong = readRepeats(w, seen, response as FetchResponse);
      if (wrong !== null) return wrong;
    }
  }
  return null;
}
