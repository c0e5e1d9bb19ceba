/** What arrives for a consumer: who reads its sockets, and what an answer or a lost connection means. */
import type { ListOffsetsResponse, OffsetForLeaderEpochResponse } from '../../kafka/api/messages.ts';
import type { PartitionName, World } from '../kernel/world.ts';
import { lateAsync } from '../slots.ts';
import { coordinatorConnected, inGroup, isClosing, isCoordinatorConnection } from './abstract-coordinator.ts';
import { requestUpdate } from './client-metadata.ts';
import { Api, handleDisconnect, handleMetadataResponse } from './client-network.ts';
import { failCall, handleCoordinatorResponse, lose } from './consumer-coordinator.ts';
import type { Arrived, ConsumerState } from './consumer-state.ts';
import { handleFetchLost, handleFetchResponse, tellLeader } from './fetcher.ts';
import { heartbeatThreadRuns } from './heartbeat-thread.ts';
import {
  handleListOffsets,
  handleListOffsetsLost,
  handleOffsetForLeaderEpoch,
  handleOffsetForLeaderEpochLost,
} from './offset-fetcher.ts';

/** Rule 107: group.protocol=consumer has a thread for all input and output; classic reads its sockets only inside poll(). */
export function usesBackgroundThread(c: ConsumerState): boolean {
  return c.settings.groupProtocol === 'consumer';
}

/** Whether the application's own thread stands in a call that reads the sockets. */
export function readsInApplication(c: ConsumerState): boolean {
  return c.inPoll || usesBackgroundThread(c) || isClosing(c) || (c.group !== null && c.group.sync !== null);
}

/** A member's heartbeat thread reads them too, whatever the application does. */
export function readsInHeartbeatThread(c: ConsumerState): boolean {
  return inGroup(c) && heartbeatThreadRuns(c);
}

export function takeArrived(w: World, c: ConsumerState): void {
  if (c.arrived.length === 0) return;
  const { arrived } = c;
  c.arrived = [];
  for (const each of arrived) handleArrived(w, c, each);
}

export function handleArrived(w: World, c: ConsumerState, what: Arrived): void {
  if (what.kind === 'open') {
    if (inGroup(c)) coordinatorConnected(w, c, what.connection);
    return;
  }
  if (what.kind === 'response') handleResponse(w, c, what);
  else handleLost(w, c, what);
}

function handleLost(w: World, c: ConsumerState, what: Extract<Arrived, { kind: 'disconnect' }>): void {
  if (inGroup(c) && isCoordinatorConnection(w, c, what.connection)) {
    if (c.async !== null && !lateAsync.waitsForCoordinator(c, what.connection)) return;
    requestUpdate(c.metadata);
    lose(w, c, 'coordinator unavailable');
    return;
  }
  handleDisconnect(w, c, what.connection, what.reason);
  for (const request of what.lost) {
    const sent = takeRequest(c, what.connection, request.correlationId);
    if (sent === null) continue;
    if (sent.kind === 'list') handleListOffsetsLost(w, c, sent);
    else if (sent.kind === 'epoch') handleOffsetForLeaderEpochLost(w, c, sent);
    else if (sent.kind === 'fetch') handleFetchLost(c, sent);
    else if (inGroup(c)) failCall(w, c, sent);
  }
}

function takeRequest(c: ConsumerState, connection: number, correlationId: number) {
  const at = c.requests.findIndex((r) => r.correlationId === correlationId && r.connection === connection);
  return at < 0 ? null : (c.requests.splice(at, 1)[0] ?? null);
}

function handleResponse(w: World, c: ConsumerState, what: Extract<Arrived, { kind: 'response' }>): void {
  if (what.request.apiKey === Api.Metadata) {
    for (const change of handleMetadataResponse(w, c, what.request, what.connection, what.body)) {
      const { name } = w.partitions[change.partition] as PartitionName;
      if (c.partitions.some((p) => p.name === name)) tellLeader(w, c, name, change.leader);
    }
    return;
  }
  const sent = takeRequest(c, what.connection, what.request.correlationId);
  if (sent === null) return;
  if (sent.kind === 'fetch') handleFetchResponse(w, c, sent, what.body as Parameters<typeof handleFetchResponse>[3]);
  else if (sent.kind === 'list') handleListOffsets(w, c, sent, what.body as ListOffsetsResponse);
  else if (sent.kind === 'epoch') handleOffsetForLeaderEpoch(w, c, sent, what.body as OffsetForLeaderEpochResponse);
  else if (inGroup(c)) handleCoordinatorResponse(w, c, sent, what.body);
}
