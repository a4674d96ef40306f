export function whileNoOther<T>(file: string, work: () => T | Promise<T>): Promise<T>;
