/** What happens to a process's sockets when it dies, loses its power, or goes on after a stop. */
import type { World } from '../kernel/world.ts';
import type { Connection } from './connection-state.ts';
import { receive } from './delivery.ts';
import type { Message } from './message.ts';
import { disconnect, ownConnection } from './network.ts';
import { drop } from './registry.ts';
import { endServerSide, pumpServer, readLeftBehind } from './server-side.ts';

/** The process died: its host closes its sockets and the peers hear of it (FIN), behind what was already sent. */
export function closeAllOf(w: World, node: number): void {
  for (let i = 0; i < w.connections.length; i++) {
    const c = w.connections[i] as Connection;
    if (c.server === node && c.serverOpen) endServerSide(w, ownConnection(w, i));
    if (c.server === node) forgetLeftBehind(w, i);
    if (c.client === node) forgetClient(w, i);
  }
}

/** A new process on the client's side knows nothing of the old one's attempts and does not hear its timers. */
function forgetClient(w: World, index: number): void {
  disconnect(w, index, 'own-process');
  const c = ownConnection(w, index);
  c.failures = 0;
  c.retryAtUs = w.nowUs;
  c.timeoutArmedUs = 0;
}

function forgetLeftBehind(w: World, index: number): void {
  const { leftBehind, leftBusy } = w.connections[index] as Connection;
  if (leftBehind.length === 0 && !leftBusy) return;
  const c = ownConnection(w, index);
  drop(w, c.leftBehind);
  c.leftBehind = [];
  c.leftBusy = false;
}

/** The host lost power: nobody is told. What it had received and not handled is gone with it. */
export function vanish(w: World, node: number): void {
  for (let i = 0; i < w.connections.length; i++) {
    const c = w.connections[i] as Connection;
    if (c.server !== node && c.client !== node) continue;
    const mine = ownConnection(w, i);
    if (mine.server === node) {
      forgetLeftBehind(w, i);
      mine.serverOpen = false;
      mine.serverBusy = false;
      drop(w, mine.serverInbox);
      mine.serverInbox.length = 0;
      mine.stuckToClient.length = 0;
    }
    if (mine.client === node) {
      mine.state = 'closed';
      mine.inFlight = [];
      mine.clientInbox.length = 0;
      drop(w, mine.stuckToServer);
      mine.stuckToServer.length = 0;
      mine.failures = 0;
      mine.retryAtUs = w.nowUs;
      mine.timeoutArmedUs = 0;
      // The other side's socket stays half open until something tells it; a new attempt replaces it.
    }
  }
}

/** A stopped process goes on: it handles what waited in its sockets, in the order of arrival. */
export function drainInboxes(w: World, node: number): void {
  const waiting: Message[] = [];
  for (const c of w.connections) {
    if (c.client === node) for (const m of c.clientInbox) waiting.push(m);
    if (c.server !== node) continue;
    if (!c.serverBusy && c.serverInbox.length > 0) waiting.push(c.serverInbox[0] as Message);
    if (!c.leftBusy && c.leftBehind.length > 0) waiting.push(c.leftBehind[0] as Message);
  }
  waiting.sort((a, b) => a.arriveUs - b.arriveUs || a.id - b.id);
  for (const message of waiting) {
    if (message.toServer) {
      if ((w.connections[message.connection] as Connection).leftBehind[0] === message)
        readLeftBehind(w, message.connection);
      else pumpServer(w, message.connection);
    } else {
      const c = ownConnection(w, message.connection);
      const at = c.clientInbox.indexOf(message);
      if (at < 0) continue;
      c.clientInbox.splice(at, 1);
      receive(w, message);
    }
  }
}
