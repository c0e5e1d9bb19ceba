/** Links between hosts: latency, jitter, loss, bandwidth, cuts. One direction each; made when first used. */
import { makeStream, nextInt, type RandomStream } from '../../base/random.ts';
import { type NodeState, own, type World } from '../kernel/world.ts';
import { cloneLink, type LinkState } from './connection-state.ts';

/** Wide enough for every node a world may get. */
const NODE_STRIDE = 4096;
/** Linux's smallest retransmission time-out; it doubles with each try. */
const MIN_RTO_US = 200_000;
const MAX_RTO_US = 120_000_000;

/** The index of the link from one node's host to another's. */
export function linkBetween(w: World, from: number, to: number): number {
  const key = from * NODE_STRIDE + to;
  const known = w.linkIndex.get(key);
  if (known !== undefined) return known;
  const { network } = w.scenario;
  const fromId = (w.nodes[from] as NodeState).id;
  const toId = (w.nodes[to] as NodeState).id;
  const link: LinkState = {
    gen: w.gen,
    from,
    to,
    latencyUs: network.latencyUs,
    jitterUs: network.jitterUs,
    lossPercent: 0,
    bytesPerUs: network.bandwidthMbps > 0 ? network.bandwidthMbps / 8 : 0,
    cut: false,
    cutSinceUs: 0,
    busyUntilUs: 0,
    jitterDraws: makeStream(w.scenario.seed, `network:${fromId}>${toId}`),
    lossDraws: null,
  };
  for (const special of network.links) {
    const [left, right] = special.between;
    const forward = left.map(String).includes(fromId) && right.map(String).includes(toId);
    const backward = right.map(String).includes(fromId) && left.map(String).includes(toId);
    if (!forward && !(backward && !special.oneWay)) continue;
    if (special.latencyUs !== null) link.latencyUs = special.latencyUs;
    if (special.jitterUs !== null) link.jitterUs = special.jitterUs;
    if (special.lossPercent !== null) link.lossPercent = special.lossPercent;
    if (special.bandwidthMbps !== null) link.bytesPerUs = special.bandwidthMbps / 8;
  }
  // Within a host nothing has a way to go.
  if (from === to) link.latencyUs = link.jitterUs = 0;
  w.links.push(link);
  w.linkIndex.set(key, w.links.length - 1);
  return w.links.length - 1;
}

export function ownLink(w: World, index: number): LinkState {
  return own(w, w.links, index, cloneLink);
}

function lossDraws(w: World, linkIndex: number): RandomStream {
  const link = ownLink(w, linkIndex);
  if (link.lossDraws === null) {
    const name = `network:${(w.nodes[link.from] as NodeState).id}>${(w.nodes[link.to] as NodeState).id}:loss`;
    link.lossDraws = makeStream(w.scenario.seed, name);
  }
  return link.lossDraws;
}

/** When something of this size, sent now, arrives; takes the wire and draws jitter and loss. Messages are whole: a lost one comes an RTO later. */
export function arrival(w: World, linkIndex: number, sizeBytes: number, notBeforeUs: number): number {
  let link = w.links[linkIndex] as LinkState;
  let atUs = w.nowUs;
  if (link.bytesPerUs > 0) {
    const wireUs = Math.ceil(sizeBytes / link.bytesPerUs);
    link = ownLink(w, linkIndex);
    if (link.busyUntilUs > atUs) atUs = link.busyUntilUs;
    atUs += wireUs;
    link.busyUntilUs = atUs;
  }
  atUs += link.latencyUs;
  if (link.jitterUs > 0) atUs += nextInt(ownLink(w, linkIndex).jitterDraws, link.jitterUs + 1);
  if (link.lossPercent > 0) {
    let rtoUs = MIN_RTO_US;
    const draws = lossDraws(w, linkIndex);
    while (nextInt(draws, 1_000_000) < link.lossPercent * 10_000 && rtoUs <= MAX_RTO_US) {
      atUs += rtoUs;
      rtoUs *= 2;
    }
  }
  return atUs > notBeforeUs ? atUs : notBeforeUs;
}

/** The first moment, at or after `fromUs`, at which TCP sends again what it first sent at `sentUs`. */
export function retransmission(sentUs: number, fromUs: number): number {
  let atUs = sentUs;
  let rtoUs = MIN_RTO_US;
  while (atUs < fromUs) {
    atUs += rtoUs;
    rtoUs = Math.min(rtoUs * 2, MAX_RTO_US);
  }
  return atUs;
}
