/**
 * Elementary functions that give the same bits in every engine: only + - * /, square roots and views of bits. `Math.log` and its kin differ
 * between engines in the last bit. The one file of this folder that `stats` may import.
 */

const bits = new Float64Array(1);
const words = new Int32Array(bits.buffer); // little-endian on every platform Node and browsers run on

const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;
const perLn2 = Math.LOG2E;
const two54 = 18014398509481984;
const two1023 = 8.98846567431158e307;
const twoMinus1000 = 9.332636185032189e-302;
/** 2^-1022 to 2^1023: to read one takes less time than to put its bits together. */
const powersOfTwo = new Float64Array(2046);
for (let place = 0, power = 2.2250738585072014e-308; place < powersOfTwo.length; place++, power *= 2) powersOfTwo[place] = power;

/** Natural logarithm, within 1 ulp; -Infinity at 0, NaN below. fdlibm e_log.c. */
export function log(x: number): number {
  bits[0] = x;
  let high = words[1];
  let k = 0;
  if (high < 0x00100000) {
    if (x === 0) return -Infinity;
    if (high < 0) return Number.NaN;
    k = -54;
    bits[0] = x * two54;
    high = words[1];
  }
  if (high >= 0x7ff00000) return x;
  k += (high >> 20) - 1023;
  high &= 0xfffff;
  const carry = (high + 0x95f64) & 0x100000;
  words[1] = high | (carry ^ 0x3ff00000);
  k += carry >> 20;
  const f = bits[0] - 1;
  if ((0xfffff & (2 + high)) < 3) {
    if (f === 0) return k === 0 ? 0 : k * ln2High + k * ln2Low;
    const rest = f * f * (0.5 - 0.3333333333333333 * f);
    return k === 0 ? f - rest : k * ln2High - (rest - k * ln2Low - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const rest = odd + even;
  if (((high - 0x6147a) | (0x6b851 - high)) > 0) {
    const half = 0.5 * f * f;
    return k === 0 ? f - (half - s * (half + rest)) : k * ln2High - (half - (s * (half + rest) + k * ln2Low) - f);
  }
  return k === 0 ? f - s * (f - rest) : k * ln2High - (s * (f - rest) - k * ln2Low - f);
}

/** e to the power x, within 1 ulp; Infinity above 709.78, 0 below -745.13. fdlibm e_exp.c. */
export function exp(x: number): number {
  if (!(x <= 709.782712893384)) return x + Infinity;
  if (x < -745.1332191019411) return 0;
  const size = Math.abs(x);
  if (size < 3.725290298461914e-9) return 1 + x;
  let k = 0;
  let high = x;
  let low = 0;
  if (size > 0.34657359027997264) {
    k = size < 1.0397207708399179 ? (x < 0 ? -1 : 1) : (perLn2 * x + (x < 0 ? -0.5 : 0.5)) | 0;
    high = x - k * ln2High;
    low = k * ln2Low;
  }
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t * (-0.0027777777777015593 + t * (0.00006613756321437934 + t * (-0.0000016533902205465252 + t * 4.1381367970572385e-8))));
  if (k === 0) return 1 - ((r * c) / (c - 2) - r);
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k === 1024) return y * 2 * two1023;
  if (k >= -1021) return y * powersOfTwo[k + 1022];
  return y * powersOfTwo[k + 2022] * twoMinus1000;
}

/** x to the power y for x >= 0, as exp(y log x): good to about 1e-15 times the size of y log x. */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  return exp(y * log(x));
}

/** Logarithm of the gamma function for x > 0, to about 1e-14 relative to the larger of 1 and itself. Lanczos, g = 7. */
export function lgamma(x: number): number {
  if (x < 0.5) return lgamma(x + 1) - log(x);
  const y = x - 1;
  let sum = 0.9999999999998099;
  for (let i = 0; i < lanczos.length; i++) sum += lanczos[i] / (y + i + 1);
  const t = y + 7.5;
  return 0.9189385332046727 + (y + 0.5) * log(t) - t + log(sum);
}

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905, -0.13857109526572012,
  0.000009984369578019572, 1.5056327351493116e-7,
] as const;

/** Regularised lower incomplete gamma function P(shape, x), in 0..1, for shape > 0 and x >= 0. */
export function gammaP(shape: number, x: number): number {
  if (!(x > 0)) return 0;
  if (x === Infinity) return 1;
  const front = exp(shape * log(x) - x - lgamma(shape));
  if (x < shape + 1) {
    let term = 1 / shape;
    let sum = term;
    for (let n = 1; term > sum * 1e-17 && n < 100_000; n++) {
      term *= x / (shape + n);
      sum += term;
    }
    return Math.min(1, sum * front);
  }
  // Lentz's continued fraction for the upper part.
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 100_000; i++) {
    const a = -i * (i - shape);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    const change = d * c;
    h *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return Math.max(0, 1 - front * h);
}

/** The x at which gammaP(shape, x) is p, for p in 0..1. */
export function gammaQuantile(shape: number, p: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return Infinity;
  let low = 0;
  let high = Math.max(1, shape);
  while (gammaP(shape, high) < p) {
    low = high;
    high *= 2;
  }
  return bisect(low, high, (x) => gammaP(shape, x) < p);
}

/** The point between `low` and `high` where `isBelow` turns from true to false, to the last bit or so. */
export function bisect(low: number, high: number, isBelow: (x: number) => boolean): number {
  let from = low;
  let to = high;
  for (let i = 0; i < 2100; i++) {
    const middle = from + (to - from) / 2;
    if (middle <= from || middle >= to) break;
    if (isBelow(middle)) from = middle;
    else to = middle;
  }
  return to;
}

/** Quantile of the standard normal distribution for p in (0, 1), to about 1e-16. Wichura, algorithm AS 241 (1988). */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (
      (q *
        (((((((r * 2509.0809287301227 + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) * r + 13731.69376550946) * r +
          1971.5909503065513) *
          r +
          133.14166789178438) *
          r +
          3.3871328727963665)) /
      (((((((r * 5226.495278852854 + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) * r + 5394.196021424751) * r +
        687.1870074920579) *
        r +
        42.31333070160091) *
        r +
        1)
    );
  }
  const tail = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const size = tail <= 5 ? nearTail(tail - 1.6) : farTail(tail - 5);
  return q < 0 ? -size : size;
}

function nearTail(r: number): number {
  return (
    (((((((r * 0.0007745450142783414 + 0.022723844989269184) * r + 0.2417807251774506) * r + 1.2704582524523684) * r + 3.6478483247632045) *
      r +
      5.769497221460691) *
      r +
      4.630337846156546) *
      r +
      1.4234371107496835) /
    (((((((r * 1.0507500716444169e-9 + 0.0005475938084995345) * r + 0.015198666563616457) * r + 0.14810397642748008) * r +
      0.6897673349851) *
      r +
      1.6763848301838038) *
      r +
      2.053191626637759) *
      r +
      1)
  );
}

function farTail(r: number): number {
  return (
    (((((((r * 2.0103343992922881e-7 + 0.000027115555687434876) * r + 0.0012426609473880784) * r + 0.026532189526576124) * r +
      0.2965605718285049) *
      r +
      1.7848265399172913) *
      r +
      5.463784911164114) *
      r +
      6.657904643501103) /
    (((((((r * 2.0442631033899397e-15 + 1.4215117583164459e-7) * r + 0.000018463183175100548) * r + 0.0007868691311456133) * r +
      0.014875361290850615) *
      r +
      0.1369298809227358) *
      r +
      0.599832206555888) *
      r +
      1)
  );
}
