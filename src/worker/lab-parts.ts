/** The lab's runs: in the worker they are loaded when somebody first asks for one. */
import type { LabParts } from './host-parts.ts';
import { labRunOf } from './lab.ts';
import { howManyOf } from './lab-how-many.ts';

export const LAB: LabParts = { lab: labRunOf, howMany: howManyOf };
