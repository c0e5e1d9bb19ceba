/** The lab's runs, kept by what was asked: turning the knob back shows at once what was measured before. */
import type { LabRun, LabSpec, LabVariant } from '../protocol/lab.ts';
import { runKey } from './lab-spec.ts';

/** A run of a small group is some hundred kilobytes. */
const MOST_KEPT = 32;

export class RunCache {
  readonly #engine: { run(spec: LabSpec, variant: LabVariant): Promise<LabRun> };
  readonly #kept = new Map<string, LabRun>();

  constructor(engine: { run(spec: LabSpec, variant: LabVariant): Promise<LabRun> }) {
    this.#engine = engine;
  }

  known(spec: LabSpec, variant: LabVariant): LabRun | null {
    return this.#kept.get(runKey(spec, variant)) ?? null;
  }

  async run(spec: LabSpec, variant: LabVariant): Promise<LabRun> {
    const key = runKey(spec, variant);
    const known = this.#kept.get(key);
    if (known !== undefined) {
      // The one used last goes last.
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    const run = await this.#engine.run(spec, variant);
    this.#kept.set(key, run);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    return run;
  }
}
