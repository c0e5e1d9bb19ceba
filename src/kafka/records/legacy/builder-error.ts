import type { Fact } from '../byte-field.ts';

/** What MemoryRecordsBuilder refuses to write (an IllegalArgumentException), with its reason as data. */
export class BuilderError extends Error {
  readonly fact: Fact;
  constructor(key: string, params: Readonly<Record<string, string | number>>, message: string) {
    super(message);
    this.name = 'IllegalArgumentException';
    this.fact = { key: `formats.refused.${key}`, params };
  }
}
