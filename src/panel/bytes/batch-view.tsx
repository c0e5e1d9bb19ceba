/** One batch, byte by byte. */
import type { ReactNode } from 'react';
import type { PackFormats } from './explorer.tsx';

export interface BatchViewProps {
  readonly bytes: Uint8Array;
  /** What the batch is of, and its number in there from 1. */
  readonly name: string;
  readonly number: number;
  readonly count: number;
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  readonly formats: PackFormats | null;
  readonly tools?: ReactNode;
}

export function BatchView({ tools }: BatchViewProps) {
  return <section className="kb">{tools}</section>;
}
