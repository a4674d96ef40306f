/** The result of synchronous work as a promise, its error as a rejection: other journals need the time. */
export function promised<Result>(work: () => Result): Promise<Result> {
  return new Promise((resolve) => resolve(work()));
}
