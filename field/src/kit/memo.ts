// Results that many screens ask for again and again, kept as long as what they were made from lives, and no longer: they hold names.

/** The same function, which makes its result anew only where an argument is another one than last time for the same first argument. */
export function memo<Key extends object, Rest extends unknown[], Result>(
  make: (key: Key, ...rest: Rest) => Result,
): (key: Key, ...rest: Rest) => Result {
  const made = new WeakMap<Key, { rest: Rest; result: Result }>();
  return (key, ...rest) => {
    const last = made.get(key);
    if (last && last.rest.length === rest.length && last.rest.every((each, place) => each === rest[place])) return last.result;
    const result = make(key, ...rest);
    made.set(key, { rest, result });
    return result;
  };
}
