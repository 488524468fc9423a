/** Values that are computed once for each key. All are dropped where there would be too many. */
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
