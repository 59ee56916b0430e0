const objects: readonly object[] = [
  Object,
  Array,
  Function,
  String,
  Number,
  Boolean,
  RegExp,
  Error,
  Map,
  Set,
  Promise,
  Uint8Array,
  Float64Array,
  Symbol,
  JSON,
  Math,
].flatMap((one) => ("prototype" in one ? [one, one.prototype as object] : [one]));

function described(): readonly (readonly [key: string | symbol, value: unknown, get: unknown])[] {
  return objects.flatMap((one) =>
    Reflect.ownKeys(one).map((key) => {
      const { value, get } = Reflect.getOwnPropertyDescriptor(one, key) ?? {};
      // what the last regular expression matched
      return one === RegExp && typeof key === "string" && /^(\$|input|last|left|right)/.test(key)
        ? ([key, 0, 0] as const)
        : ([key, value, get] as const);
    }),
  );
}

const before = described();
const counts = objects.map((one) => Reflect.ownKeys(one).length);

/** Whether the objects that all others inherit from have the keys that they had when this was first imported. */
export function isUntouched(): boolean {
  return objects.every((one, index) => Reflect.ownKeys(one).length === counts[index]);
}

/** Whether their keys and values are all the same ones too; slower. */
export function isWholeUntouched(): boolean {
  const after = described();
  return (
    after.length === before.length &&
    after.every(([key, value, get], at) => {
      const [ownKey, ownValue, ownGet] = before[at] ?? [];
      return key === ownKey && Object.is(value, ownValue) && get === ownGet;
    })
  );
}
