/** See late.ts. */
import { CloseView } from './close-view.tsx';
import { FindBar } from './find-bar.tsx';
import { GroupCells, GroupHeads, GroupRuns, Members } from './groups.tsx';
import { registerLateParts } from './late.ts';
import { Stripes } from './parts/stripe.tsx';
import { TopicHeads } from './parts/topic-heads.tsx';

const LATE = { CloseView, FindBar, GroupCells, GroupHeads, GroupRuns, Members, Stripes, TopicHeads };
export type LateParts = typeof LATE;

registerLateParts(LATE);
