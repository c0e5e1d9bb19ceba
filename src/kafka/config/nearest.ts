/** Longer names are not compared: nobody mistypes them, and a stranger's file could make the comparison slow. */
const MAX_LENGTH = 100;

/** Shorter parts occur in too many names to mean one of them. */
const MIN_PART_LENGTH = 4;

/**
 * The candidate most like `name` (fewest letters inserted, dropped, changed or swapped), the first of equals; else the
 * shortest that contains it; undefined when none is like it enough to be what was meant.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > MAX_LENGTH) return undefined;
  const lower = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= bestDistance || candidate.length > MAX_LENGTH) continue;
    const distance = editDistance(lower, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best ?? containing(lower, candidates);
}

/** The shortest name that holds all that was written: "linger" was meant to be linger.ms. */
function containing(lower: string, candidates: Iterable<string>): string | undefined {
  if (lower.length < MIN_PART_LENGTH) return undefined;
  let best: string | undefined;
  for (const candidate of candidates) {
    if (!candidate.toLowerCase().includes(lower)) continue;
    if (best === undefined || candidate.length < best.length) best = candidate;
  }
  return best;
}

/** Edit distance with swaps of neighbours as one edit (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (same ? 0 : 1),
      );
      const swapped =
        i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) cost = Math.min(cost, (beforeLast[j - 2] as number) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] as number;
}
