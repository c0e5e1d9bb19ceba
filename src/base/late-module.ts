/**
 * A module that is not there from the start: whoever needs it now and then holds this place for it, and the part that brings
 * it fills the place. Asked too early, it says so.
 */

/** The place for a module of this shape, empty. */
export function lateModule<T extends object>(name: string): T {
  const missing: ProxyHandler<object> = {
    get: (_, key) => {
      throw new Error(`${name} is not loaded yet (${String(key)}).`);
    },
  };
  return Object.create(new Proxy({}, missing)) as T;
}

/** Called while the module's part loads. */
export function fillLate<T extends object>(place: T, module: T): void {
  Object.assign(place, module);
}
