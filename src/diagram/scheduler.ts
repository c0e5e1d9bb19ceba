/**
 * The one place that asks for animation frames. Whoever has something to paint hands in a task under a name; a later
 * task of the same name replaces the earlier one, so sixty frames a second never paint twice.
 */
export interface Scheduler {
  schedule(name: string, task: () => void): void;
  cancel(name: string): void;
}

export function makeScheduler(
  request: (callback: () => void) => number = (callback) => requestAnimationFrame(callback),
  drop: (handle: number) => void = (handle) => cancelAnimationFrame(handle),
): Scheduler {
  const tasks = new Map<string, () => void>();
  let handle: number | null = null;
  const run = (): void => {
    handle = null;
    const due = [...tasks.values()];
    tasks.clear();
    for (const task of due) task();
  };
  return {
    schedule(name, task) {
      tasks.set(name, task);
      if (handle === null) handle = request(run);
    },
    cancel(name) {
      tasks.delete(name);
      if (tasks.size === 0 && handle !== null) {
        drop(handle);
        handle = null;
      }
    },
  };
}

export const scheduler: Scheduler = makeScheduler();
