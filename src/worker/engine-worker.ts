/** The worker's entry: messages in, messages out. Everything else is in the host. */
import type { EngineRequest, Question } from '../protocol/engine-client.ts';
import { ENGINE } from './parts.ts';
import { WorldHost } from './world-host.ts';

type Incoming = EngineRequest | { readonly id: number; readonly question: Question };

/** A turn of the message loop: sooner than a timer, which browsers hold back by 4 ms, and yet behind messages that wait. */
const turn = new MessageChannel();
const turns: (() => void)[] = [];
turn.port1.onmessage = () => turns.shift()?.();

const host = new WorldHost(
  ENGINE,
  {
    now: () => performance.now(),
    later: (callback, delayMs) => {
      if (delayMs > 0) {
        setTimeout(callback, delayMs);
        return;
      }
      turns.push(callback);
      turn.port2.postMessage(null);
    },
  },
  (message) => postMessage(message),
);

addEventListener('message', ({ data }: MessageEvent<Incoming>) => {
  if ('question' in data) host.ask(data.question, (reply) => postMessage({ id: data.id, ...reply }));
  else host.send(data);
});
