/**
 * Answers the compression lab's questions one at a time, in slices, so that a newer question or 'cancel' is heard between two of them.
 * What it loads and how it waits are handed in: the worker's entry gives it a browser's, tests their own.
 */
import type { PackMessage, PackRequest, PackSpec } from '../../protocol/pack.ts';
import type { HostClock } from '../clock.ts';
import { PackFailure } from './failure.ts';
import type { PackStep } from './pack.ts';

const SLICE_MS = 12;
/** Progress is told so often at most. */
const TELL_MS = 60;

export interface PackHostParts {
  /** Brings what the question needs (codecs, a sample) and begins it; rejects with a PackFailure for what it cannot take. */
  begin(spec: PackSpec): Promise<Generator<PackStep, void, void>>;
}

export class PackHost {
  private readonly parts: PackHostParts;
  private readonly clock: HostClock;
  private readonly emit: (message: PackMessage) => void;
  /** The question that is being answered; whatever belongs to another one stops at its next slice. */
  private current: number | null = null;
  private toldMs = Number.NEGATIVE_INFINITY;

  constructor(parts: PackHostParts, clock: HostClock, emit: (message: PackMessage) => void) {
    this.parts = parts;
    this.clock = clock;
    this.emit = emit;
  }

  send(request: PackRequest): void {
    this.current = request.type === 'pack' ? request.id : null;
    if (request.type !== 'pack') return;
    const { id, spec } = request;
    this.toldMs = Number.NEGATIVE_INFINITY;
    this.parts.begin(spec).then(
      (steps) => this.work(id, steps),
      (error: unknown) => this.fail(id, error),
    );
  }

  private work(id: number, steps: Generator<PackStep, void, void>): void {
    if (this.current !== id) return;
    const until = this.clock.now() + SLICE_MS;
    try {
      do {
        const next = steps.next();
        if (next.done === true) {
          this.current = null;
          this.emit({ type: 'done', id });
          return;
        }
        this.tell(id, next.value);
      } while (this.clock.now() < until);
    } catch (error) {
      this.fail(id, error);
      return;
    }
    this.clock.later(() => this.work(id, steps), 0);
  }

  private tell(id: number, step: PackStep): void {
    if ('part' in step) {
      this.emit({ type: 'part', id, part: step.part });
      return;
    }
    const now = this.clock.now();
    if (now < this.toldMs + TELL_MS) return;
    this.toldMs = now;
    this.emit({ type: 'progress', id, part: step.progress });
  }

  private fail(id: number, error: unknown): void {
    if (this.current !== id) return;
    this.current = null;
    const message = error instanceof Error ? error.message : String(error);
    this.emit({ type: 'failed', id, message, ...(error instanceof PackFailure ? { why: error.why } : {}) });
  }
}
