/**
 * Members of a topic between the least and the most loaded ones (Kafka: UniformHeterogeneousAssignmentBuilder's
 * MemberAssignmentBalancer). From the left, a range of equally loaded members takes partitions and grows as its level rises;
 * from the right, a range of equally loaded ones gives them and grows as its level falls.
 */
export class LoadBalancer {
  /** By member number; the caller keeps it up to date. */
  readonly #loads: readonly number[];
  #sorted: number[] = [];
  #leastEnd = 0;
  #leastLevel = -1;
  #nextLeast = 0;
  #mostStart = 0;
  #mostEnd = 0;
  #mostLevel = 1;
  #nextMost = -1;

  constructor(loads: readonly number[]) {
    this.#loads = loads;
  }

  #load(place: number): number {
    return this.#loads[this.#sorted[place] as number] as number;
  }

  /** Starts with these members (at least one, by number ascending); gives the difference between the most and the least loaded. */
  start(members: readonly number[]): number {
    this.#sorted = [...members].sort((a, b) => (this.#loads[a] as number) - (this.#loads[b] as number) || a - b);
    const count = this.#sorted.length;
    this.#leastEnd = 0;
    this.#leastLevel = this.#load(0) - 1;
    this.#nextLeast = 0;
    this.#mostStart = count;
    this.#mostEnd = count;
    this.#mostLevel = this.#load(count - 1) + 1;
    this.#nextMost = count - 1;
    return this.#load(count - 1) - this.#load(0);
  }

  /** Who is to get the next one; it counts as given. */
  nextLeastLoaded(): number {
    if (this.#nextLeast >= this.#leastEnd) {
      this.#leastLevel++;
      while (this.#leastEnd < this.#sorted.length && this.#load(this.#leastEnd) === this.#leastLevel) this.#leastEnd++;
      this.#nextLeast = 0;
    }
    return this.#sorted[this.#nextLeast++] as number;
  }

  /** Who is to give the next one up; it counts as taken. -1: nobody is left. */
  nextMostLoaded(): number {
    if (this.#nextMost < this.#mostStart) {
      // An empty range takes the level of its neighbour, so that it grows at once.
      if (this.#mostEnd <= this.#mostStart && this.#mostStart > 0) this.#mostLevel = this.#load(this.#mostStart - 1);
      else this.#mostLevel--;
      while (this.#mostStart > 0 && this.#load(this.#mostStart - 1) === this.#mostLevel) this.#mostStart--;
      this.#nextMost = this.#mostEnd - 1;
    }
    if (this.#nextMost < 0) return -1;
    return this.#sorted[this.#nextMost--] as number;
  }

  /** The one that nextMostLoaded gave last has nothing to give up. */
  excludeMostLoaded(): void {
    const place = this.#nextMost + 1;
    const excluded = this.#sorted[place] as number;
    this.#sorted[place] = this.#sorted[this.#mostEnd - 1] as number;
    this.#sorted[this.#mostEnd - 1] = excluded;
    this.#mostEnd--;
  }

  isBalanced(): boolean {
    return this.#mostLevel - this.#leastLevel <= 1;
  }
}
