import type { Fact } from '../byte-field.ts';
import { type RefusalKey, refused } from './refusal-keys.ts';

/** What MemoryRecordsBuilder refuses to write (an IllegalArgumentException), with its reason as data. */
export class BuilderError extends Error {
  readonly fact: Fact;
  constructor(key: RefusalKey, params: Readonly<Record<string, string | number>>, message: string) {
    super(message);
    this.name = 'IllegalArgumentException';
    this.fact = refused(key, params);
  }
}
