import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** Of the rows: small, so that columns that say nearly the same do not cancel each other with huge coefficients. */
const PENALTY_SHARE = 0.001;
/** Columns that are the same but for rounding, beside which the penalty is nothing, can still be solved. */
const ROUNDING = 1e-13;

/** The sums that a least squares fit needs: they can be added and taken away from each other. */
export class NormalEquations {
  rows = 0;
  readonly #columns: number;
  readonly #products: Float64Array;
  readonly #targets: Float64Array;

  constructor(columns: number) {
    this.#columns = columns;
    this.#products = new Float64Array(columns * columns);
    this.#targets = new Float64Array(columns);
  }

  /** Adds a row, and what it should predict. */
  add(row: Float64Array, target: number): void {
    const columns = this.#columns;
    for (let i = 0; i < columns; i++) {
      const value = row[i]!;
      if (value === 0) continue;
      for (let j = 0; j <= i; j++) this.#products[i * columns + j]! += value * row[j]!;
      this.#targets[i]! += value * target;
    }
    this.rows += 1;
  }

  /** All of these but `left` (or all). */
  static sum(parts: readonly NormalEquations[], left?: NormalEquations): NormalEquations {
    const sum = new NormalEquations(parts[0]!.#columns);
    for (const part of parts) {
      if (part === left) continue;
      for (let at = 0; at < sum.#products.length; at++) sum.#products[at]! += part.#products[at]!;
      for (let at = 0; at < sum.#targets.length; at++) sum.#targets[at]! += part.#targets[at]!;
      sum.rows += part.rows;
    }
    return sum;
  }

  /**
   * The coefficients of the ridge regression whose first column is the constant, which is not penalised
   * (Hoerl and Kennard 1970).
   */
  solve(): Float64Array {
    const columns = this.#columns;
    const matrix = Matrix.zeros(columns, columns);
    const sizes = this.#sizes();
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < i; j++) {
        const value = this.#products[i * columns + j]! / (sizes[i]! * sizes[j]!);
        matrix.set(i, j, value);
        matrix.set(j, i, value);
      }
      matrix.set(i, i, 1 + ROUNDING);
    }
    const targets = this.#targets.map((target, i) => target / sizes[i]!);
    const solved = new CholeskyDecomposition(matrix).solve(Matrix.columnVector(targets)).to1DArray();
    return Float64Array.from(solved, (coefficient, i) => coefficient / sizes[i]!);
  }

  /** The roots of the diagonal, penalty included. Divided by them, columns of very different size can be solved together. */
  #sizes(): Float64Array {
    return this.#targets.map((_, i) => {
      const square = this.#products[i * this.#columns + i]! + (i > 0 ? PENALTY_SHARE * this.rows : 0);
      return Math.sqrt(square);
    });
  }
}

export function dotProduct(coefficients: Float64Array, row: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < coefficients.length; at++) sum += coefficients[at]! * row[at]!;
  return sum;
}
