import { errorCode } from '../../../kafka/api/errors.ts';
import type { ElectLeadersRequest, SimpleResponse } from '../../../kafka/api/messages.ts';
import type { World } from '../../kernel/world.ts';
import { registerApi, respond } from '../../net/network.ts';
import { appendRecords } from '../quorum-controller.ts';
import { changePartition } from '../replication-control-manager.ts';

const UNKNOWN_TOPIC_OR_PARTITION = errorCode('UNKNOWN_TOPIC_OR_PARTITION');
const ELECTION_NOT_NEEDED = errorCode('ELECTION_NOT_NEEDED');
const PREFERRED_LEADER_NOT_AVAILABLE = errorCode('PREFERRED_LEADER_NOT_AVAILABLE');
const ELIGIBLE_LEADERS_NOT_AVAILABLE = errorCode('ELIGIBLE_LEADERS_NOT_AVAILABLE');

/** ReplicationControlManager.electLeader. */
function electLeader(w: World, partition: number, unclean: boolean): number {
  const p = w.controller.image.partitions[partition];
  if (p === null || p === undefined) return UNKNOWN_TOPIC_OR_PARTITION;
  if (unclean ? p.leader >= 0 : p.leader === p.replicas[0]) return ELECTION_NOT_NEEDED;
  const record = changePartition(w.controller, p, {
    election: unclean ? 'unclean' : 'preferred',
    why: unclean ? 'asked' : 'preferred',
  });
  if (record === null) return unclean ? ELIGIBLE_LEADERS_NOT_AVAILABLE : PREFERRED_LEADER_NOT_AVAILABLE;
  appendRecords(w, [record]);
  return 0;
}

registerApi('controller', 43, (w, _node, _connection, request) => {
  const body = request.body as ElectLeadersRequest;
  let code = 0;
  for (const { partition } of body.partitions) {
    const outcome = electLeader(w, partition, body.electionType === 1);
    if (outcome !== 0) code = outcome;
  }
  const answer: SimpleResponse = { errorCode: code, errorMessage: null, errors: code === 0 ? [] : [code] };
  respond(w, request, answer, 40);
});
