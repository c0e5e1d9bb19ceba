/** Cutting and healing links, and changing what they are like. */
import { EventKind } from '../kernel/event.ts';
import { scheduleMessage } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import type { Connection, LinkState } from './connection-state.ts';
import { linkBetween, ownLink, retransmission } from './link.ts';
import type { Message } from './message.ts';
import { ownConnection } from './network.ts';

/** Every ordered pair (from, to) of two groups of nodes; the other direction too unless `oneWay`. */
export function pairs(left: readonly number[], right: readonly number[], oneWay: boolean): [number, number][] {
  const all: [number, number][] = [];
  for (const a of left) {
    for (const b of right) {
      if (a === b) continue;
      all.push([a, b]);
      if (!oneWay) all.push([b, a]);
    }
  }
  return all;
}

export function cutLink(w: World, from: number, to: number): void {
  const link = ownLink(w, linkBetween(w, from, to));
  if (link.cut) return;
  link.cut = true;
  link.cutSinceUs = w.nowUs;
}

/** TCP sends what was held back at its next retransmission, everything of one connection in order. */
export function healLink(w: World, from: number, to: number): void {
  const index = linkBetween(w, from, to);
  const link = ownLink(w, index);
  if (!link.cut) return;
  link.cut = false;
  for (let i = 0; i < w.connections.length; i++) {
    const c = w.connections[i] as Connection;
    if (c.linkOut === index && c.stuckToServer.length > 0) release(w, ownConnection(w, i), true, link);
    if (c.linkBack === index && c.stuckToClient.length > 0) release(w, ownConnection(w, i), false, link);
  }
}

function release(w: World, c: Connection, toServer: boolean, link: LinkState): void {
  const stuck = toServer ? c.stuckToServer : c.stuckToClient;
  const first = stuck[0] as Message;
  // Not before what was already under way when the link was cut and arrives after all.
  const atUs = Math.max(
    retransmission(first.sentUs, w.nowUs) + link.latencyUs,
    toServer ? c.lastToServerUs : c.lastToClientUs,
  );
  for (const message of stuck) {
    if (message.epoch === c.epoch)
      scheduleMessage(w, EventKind.Deliver, { ...message, sentUs: atUs - link.latencyUs, arriveUs: atUs });
  }
  if (toServer) {
    c.stuckToServer = [];
    if (c.lastToServerUs < atUs) c.lastToServerUs = atUs;
  } else {
    c.stuckToClient = [];
    if (c.lastToClientUs < atUs) c.lastToClientUs = atUs;
  }
}
