/** See late.ts. */
import { GroupCells, GroupHeads, GroupRuns, Members } from './groups.tsx';
import { registerGroupParts } from './late.ts';

const GROUPS = { GroupCells, GroupHeads, GroupRuns, Members };
export type GroupParts = typeof GROUPS;

registerGroupParts(GROUPS);
