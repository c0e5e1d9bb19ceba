/** Fetch on the controller's listener: brokers observe the metadata log (raft observers; at most 500 ms of waiting). */
import type { FetchRequest } from '../../../kafka/api/messages.ts';
import { EventKind } from '../../kernel/event.ts';
import { registerEvent, schedule } from '../../kernel/schedule.ts';
import { registerApi } from '../../net/network.ts';
import { answerFetch, lastOffset, ownController } from '../quorum-controller.ts';

registerApi('controller', 1, (w, node, _connection, request) => {
  const body = request.body as FetchRequest;
  const fetchOffset = body.partitions[0]?.fetchOffset ?? 0;
  const deadlineUs = w.nowUs + body.maxWaitMs * 1000;
  const fetch = { request, brokerId: body.replicaId, fetchOffset, deadlineUs };
  if (fetchOffset <= lastOffset(w.controller)) {
    answerFetch(w, fetch);
    return;
  }
  const c = ownController(w);
  c.parked.push(fetch);
  schedule(w, deadlineUs, EventKind.MetadataFetchWait, node, request.id);
});

registerEvent(EventKind.MetadataFetchWait, (w, event) => {
  const at = w.controller.parked.findIndex((f) => f.request.id === event.arg);
  if (at < 0) return;
  const c = ownController(w);
  const [fetch] = c.parked.splice(at, 1);
  if (fetch !== undefined) answerFetch(w, fetch);
});
