/**
 * Caches one expensive result for a limited time and shares a pending computation between
 * concurrent callers.
 */
export class CachedAnswer<T> {
  private cached: { at: number; answer: Promise<T> } | null = null;

  /** @param maxAge milliseconds until the cached result expires */
  constructor(private readonly maxAge: number) {}

  get(now: Date, find: () => Promise<T>): Promise<T> {
    if (this.cached !== null && now.getTime() - this.cached.at <= this.maxAge)
      return this.cached.answer;
    const cached = { at: now.getTime(), answer: find() };
    this.cached = cached;
    // The caller reports the error. Here the failure is only evicted, so that the next call
    // retries.
    cached.answer.catch(() => {
      if (this.cached === cached) this.cached = null;
    });
    return cached.answer;
  }
}
