/** A memoisation cache by key. It is cleared completely when it would exceed its limit. */
export class ComputedOnce<Value> {
  private readonly values = new Map<string, Value>();
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  get(key: string, compute: () => Value): Value {
    let value = this.values.get(key);
    if (value === undefined) {
      value = compute();
      if (this.values.size >= this.most) this.values.clear();
      this.values.set(key, value);
    }
    return value;
  }
}
