/**
 * The byte explorer over some batches, one at a time: `<Explorer batches={[...]} name="orders-0" />`.
 *
 * - `batches`: each a whole v2 batch, or a message set of v0 or v1 (all of its entries one after the other). Keep the array's
 *   identity while nothing changed: another one begins anew, and edits are gone.
 * - `name`: what the batches are of; the heading says 'Batch 3 of orders-0, byte by byte'.
 * - `index`, `onBatch`: which batch is shown, from 0, where the caller keeps that; else the explorer does.
 * - `formats`: the same records in all three formats (PackPart 'formats'); without it the explorer makes them of the batch's records.
 * - `tools`: more buttons in its head, such as the choice of a broker.
 *
 * It fills the width that it has (31 bytes a row from 870 px on, 8 at 360 px; from 1180 px on its card stands at the side) and is as
 * high as it needs, at most about 900 px: long batches scroll inside of it. Codecs are loaded when a compressed batch is shown.
 * It is loaded late: `part(() => import('../bytes/explorer.tsx'))`, default export.
 */
import { type ReactNode, useState } from 'react';
import type { PackPart } from '../../protocol/pack.ts';
import { BatchView } from './batch-view.tsx';

export type PackFormats = Extract<PackPart, { part: 'formats' }>['formats'];

export interface ExplorerProps {
  readonly batches: readonly Uint8Array[];
  readonly name: string;
  readonly index?: number;
  readonly onBatch?: (index: number) => void;
  readonly formats?: PackFormats | null;
  readonly tools?: ReactNode;
}

export default function Explorer({ batches, name, index, onBatch, formats = null, tools }: ExplorerProps) {
  const [own, setOwn] = useState(0);
  const at = Math.min(index ?? own, batches.length - 1);
  const bytes = batches[at];
  if (bytes === undefined) return null;
  const go = (to: number): void => {
    setOwn(to);
    onBatch?.(to);
  };
  return (
    <BatchView
      bytes={bytes}
      name={name}
      number={at + 1}
      count={batches.length}
      onPrevious={at > 0 ? () => go(at - 1) : null}
      onNext={at < batches.length - 1 ? () => go(at + 1) : null}
      formats={formats}
      tools={tools}
    />
  );
}
