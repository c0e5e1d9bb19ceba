/** Dialogs that more than one journey opens. */
import type { Dialog } from '../src/store/model.ts';

export const DIALOGS: readonly Dialog[] = [
  { kind: 'your-text', producer: 'checkout' },
  { kind: 'share' },
  { kind: 'help' },
  { kind: 'add', what: 'topic' },
  { kind: 'invariants' },
  { kind: 'inout', tab: 'records' },
  { kind: 'inout', tab: 'properties' },
  { kind: 'inout', tab: 'commands' },
  { kind: 'inout', tab: 'pictures' },
  { kind: 'all-keys', scope: 'producer' },
  { kind: 'branches' },
  { kind: 'bookmarks', added: null },
  { kind: 'link', verb: 'network.set', from: 'broker:2', to: null },
];
