/** A sentence about one message, with what is known when it arrives. */
import type { Phrase, Words } from '../../../protocol/frame.ts';
import type { ConsumerState } from '../../client/consumer-state.ts';
import type { World } from '../../kernel/world.ts';
import type { Message } from '../../net/message.ts';

export interface Context {
  readonly w: World;
  readonly message: Message;
  /** What was asked; null: it was asked before anybody listened. */
  readonly request: unknown;
  readonly consumer: ConsumerState;
  readonly broker: number;
  /** Consumers by member id. */
  readonly names: ReadonlyMap<string, string>;
}

export interface Said {
  readonly words: Words;
  /** Whether it is one of the rebalance; others are of everyday life. */
  readonly matters: boolean;
}

type Params = Phrase['params'];

/** A sentence under `labrun.says.`; `consumer` and `broker` are there for each. */
export function saying(c: Context, key: string, params: Params = {}, matters = true): Said {
  const all = { consumer: c.consumer.id, broker: c.broker, ...params };
  return { words: { title: { key: `labrun.says.${key}`, params: all }, what: null }, matters };
}
