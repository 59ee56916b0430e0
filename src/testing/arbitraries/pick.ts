import fc from "fast-check";

/** One of some words, numbers or truths, each as often; shrinks towards the first, which is the plainest. */
export function pick<const T extends readonly (string | number | boolean | undefined)[]>(...values: T): fc.Arbitrary<T[number]> {
  return fc.noBias(fc.constantFrom<T[number][]>(...values));
}

/** One of some values, each as often; shrinks towards the first, which is the plainest. */
export function among<T>(...values: T[]): fc.Arbitrary<T> {
  return fc.noBias(fc.constantFrom<T[]>(...values));
}

/** A whole number from `min` to `max`; shrinks towards `min`. */
export function whole(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min, max });
}

/** One of some values, or that the key is left out, half of the time; shrinks towards leaving it out. */
export function maybe<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(value, { nil: undefined, freq: 2 });
}

/** A record without the keys that are left out. */
export function record<T extends object>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Given<T>> {
  return fc.record(shape).map((drawn) => given(drawn as T));
}

/** A record whose keys may be absent, but are never undefined. */
export type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without the keys that are undefined: a scenario leaves them out. */
export function given<T extends object>(value: T): Given<T> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Given<T>;
}
