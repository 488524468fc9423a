/** An answer that takes long to find: found once for everybody who asks within a while. */
export class CachedAnswer<T> {
  private cached: { at: number; answer: Promise<T> } | null = null;

  /** @param maxAge milliseconds after which the answer is found anew */
  constructor(private readonly maxAge: number) {}

  get(now: Date, find: () => Promise<T>): Promise<T> {
    if (this.cached !== null && now.getTime() - this.cached.at <= this.maxAge)
      return this.cached.answer;
    const cached = { at: now.getTime(), answer: find() };
    this.cached = cached;
    // The caller reports the error; here it only leaves the cache, so that the next request asks
    // again.
    cached.answer.catch(() => {
      if (this.cached === cached) this.cached = null;
    });
    return cached.answer;
  }
}
