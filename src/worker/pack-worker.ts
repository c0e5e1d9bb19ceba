/**
 * The compression lab's own worker: measuring never disturbs the cluster that is played. It has the whole engine for its hidden runs,
 * the codecs, and a sample when one is asked for.
 */
import type { PackRequest } from '../protocol/pack.ts';
import { loadCodecs } from './load-codecs.ts';
import { loadPackData } from './pack/data.ts';
import { PackHost } from './pack/host.ts';
import { packOf } from './pack/pack.ts';
import { ENGINE } from './parts.ts';

/** A turn of the message loop: sooner than a timer, and yet behind messages that wait. */
const turn = new MessageChannel();
const turns: (() => void)[] = [];
turn.port1.onmessage = () => turns.shift()?.();

const host = new PackHost(
  {
    begin: async (spec) => {
      const [data] = await Promise.all([loadPackData(spec.source), loadCodecs()]);
      return packOf(ENGINE, spec, data, performance);
    },
  },
  {
    now: () => performance.now(),
    later: (callback) => {
      turns.push(callback);
      turn.port2.postMessage(null);
    },
  },
  (message) => postMessage(message),
);

addEventListener('message', ({ data }: MessageEvent<PackRequest>) => host.send(data));
