/** One labelled line: feature rows, their values, its class and its weight. */
export interface Example {
  readonly rows: Int32Array;
  readonly values: Float64Array;
  readonly label: number;
  readonly weight: number;
}

/** History size of L-BFGS: pairs of steps kept to estimate the curvature. */
const MEMORY = 8;
const MOST_HALVINGS = 15;
/** Converged once a step improves the loss by less than this fraction. */
const ENOUGH = 1e-6;

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly scale: number;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

/** Adds `factor` times `b` to `a`. */
function addTo(a: Float64Array, b: Float64Array, factor: number): void {
  for (let at = 0; at < a.length; at += 1) a[at] = (a[at] as number) + factor * (b[at] as number);
}

/** Turns scores into probabilities in place; returns their log-sum-exp. */
function normalise(scores: Float64Array): number {
  const most = Math.max(...scores);
  let sum = 0;
  for (let at = 0; at < scores.length; at += 1)
    sum += scores[at] = Math.exp((scores[at] as number) - most);
  for (let at = 0; at < scores.length; at += 1) scores[at] = (scores[at] as number) / sum;
  return most + Math.log(sum);
}

/**
 * Softmax regression with an L2 penalty. Deterministic: the same examples in the same order give
 * the same weights.
 */
export class SoftmaxRegression {
  private readonly examples: readonly Example[];
  private readonly classes: number;
  private readonly cost: number;
  private readonly biases: number;
  private readonly size: number;

  /** @param cost weight of the loss relative to the L2 penalty */
  constructor(examples: readonly Example[], features: number, classes: number, cost: number) {
    this.examples = examples;
    this.classes = classes;
    this.cost = cost;
    this.biases = features * classes;
    this.size = this.biases + classes;
  }

  /** Returns the loss of the weights, and writes its gradient into `slope`. */
  private loss(weights: Float64Array, slope: Float64Array): number {
    const { classes, biases, cost } = this;
    let loss = 0;
    slope.set(weights);
    slope.fill(0, biases);
    for (let at = 0; at < biases; at += 1) loss += 0.5 * (weights[at] as number) ** 2;
    const scores = new Float64Array(classes);
    for (const { rows, values, label, weight } of this.examples) {
      for (let each = 0; each < classes; each += 1) scores[each] = weights[biases + each] as number;
      for (let at = 0; at < rows.length; at += 1) {
        const place = (rows[at] as number) * classes;
        const value = values[at] as number;
        for (let each = 0; each < classes; each += 1)
          scores[each] = (scores[each] as number) + value * (weights[place + each] as number);
      }
      const right = scores[label] as number;
      loss += cost * weight * (normalise(scores) - right);
      for (let each = 0; each < classes; each += 1) {
        const error = cost * weight * ((scores[each] as number) - (each === label ? 1 : 0));
        scores[each] = error;
        slope[biases + each] = (slope[biases + each] as number) + error;
      }
      for (let at = 0; at < rows.length; at += 1) {
        const place = (rows[at] as number) * classes;
        const value = values[at] as number;
        for (let each = 0; each < classes; each += 1)
          slope[place + each] = (slope[place + each] as number) + value * (scores[each] as number);
      }
    }
    return loss;
  }

  /**
   * Trains by L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.5). Returns the
   * weights of all features, `classes` numbers for each, followed by a bias for each class.
   */
  train(rounds: number): Float64Array {
    let weights = new Float64Array(this.size);
    let slope = new Float64Array(this.size);
    let loss = this.loss(weights, slope);
    const pairs: Pair[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const direction = this.direction(slope, pairs);
      const descent = dot(slope, direction);
      const next = new Float64Array(this.size);
      const nextSlope = new Float64Array(this.size);
      let length = 1;
      let nextLoss = 0;
      for (let tries = 0; tries <= MOST_HALVINGS; tries += 1) {
        next.set(weights);
        addTo(next, direction, -length);
        nextLoss = this.loss(next, nextSlope);
        if (nextLoss <= loss - 1e-4 * length * descent) break;
        length /= 2;
      }
      const step = next.slice();
      addTo(step, weights, -1);
      const change = nextSlope.slice();
      addTo(change, slope, -1);
      const curvature = dot(step, change);
      if (curvature > 1e-12) pairs.push({ step, change, scale: 1 / curvature });
      if (pairs.length > MEMORY) pairs.shift();
      const better = (loss - nextLoss) / loss;
      [weights, slope, loss] = [next, nextSlope, nextLoss];
      if (better < ENOUGH) break;
    }
    return weights;
  }

  private direction(slope: Float64Array, pairs: readonly Pair[]): Float64Array {
    const direction = slope.slice();
    const last = pairs.at(-1);
    if (last === undefined) {
      const norm = Math.sqrt(dot(slope, slope)) || 1;
      return direction.map((each) => each / norm);
    }
    const factors = new Map<Pair, number>();
    for (const pair of [...pairs].reverse()) {
      const factor = pair.scale * dot(pair.step, direction);
      factors.set(pair, factor);
      addTo(direction, pair.change, -factor);
    }
    const scale = 1 / (last.scale * dot(last.change, last.change));
    for (let at = 0; at < direction.length; at += 1)
      direction[at] = (direction[at] as number) * scale;
    for (const pair of pairs) {
      const factor = pair.scale * dot(pair.change, direction);
      addTo(direction, pair.step, (factors.get(pair) ?? 0) - factor);
    }
    return direction;
  }
}
