/** See late.ts. */
import { CloseView } from './close-view.tsx';
import { FindBar } from './find-bar.tsx';
import { registerLateParts } from './late.ts';
import { CodecNames } from './parts/codec-names.tsx';
import { ReaderCell, ReaderHead, readerState } from './parts/reader-row.tsx';
import { SharedGround, SharedNames } from './parts/shared-cell.tsx';
import { Stripes } from './parts/stripe.tsx';
import { TopicHeads } from './parts/topic-heads.tsx';

const LATE = {
  CloseView,
  CodecNames,
  FindBar,
  ReaderCell,
  ReaderHead,
  readerState,
  SharedGround,
  SharedNames,
  Stripes,
  TopicHeads,
};
export type LateParts = typeof LATE;

registerLateParts(LATE);
