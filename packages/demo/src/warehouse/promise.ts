const DAY_MS = 86_400_000;
const PROMISED_BUSINESS_DAYS = 2;

/** When an order is to have left in full: the same hour two business days later; the warehouse rests on Saturdays. */
export function promiseFor(placedAt: Date): Date {
  let promisedMs = placedAt.getTime();
  for (let businessDays = 0; businessDays < PROMISED_BUSINESS_DAYS;) {
    promisedMs += DAY_MS;
    if (new Date(promisedMs).getUTCDay() !== SATURDAY) businessDays += 1;
  }
  return new Date(promisedMs);
}

const SATURDAY = 6;
