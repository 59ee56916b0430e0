import { exp, log } from "./detmath.ts";
import type { StreamId, Streams } from "./streams.ts";

/**
 * Unit variates by the ziggurat of Marsaglia and Tsang (2000), 256 layers of equal area. One draw of 53 bits gives the layer (the top 8) and
 * the position in it (the other 45), so the two are independent. About 99 % of variates cost that one draw.
 */
interface Ziggurat {
  /** Right edge of layer i, from the widest; edge 0 is that of the base strip as if it were a rectangle, edge 256 is 0. */
  readonly edge: Float64Array;
  /** Density at each edge. */
  readonly height: Float64Array;
}

// Right edge of the base and common area of the layers, solved to 40 digits.
const exponentialTail = 7.69711747013105;
const normalTail = 3.654152885361009;
const exponential = build(
  exponentialTail,
  0.003949659822581557,
  (x) => exp(-x),
  (y) => -log(y),
);
const normal = build(
  normalTail,
  0.004928673233974655,
  (x) => exp(-0.5 * x * x),
  (y) => Math.sqrt(-2 * log(y)),
);
const { edge: exponentialEdge, height: exponentialHeight } = exponential;
const { edge: normalEdge, height: normalHeight } = normal;

/** A draw from the exponential distribution of mean 1. */
export function unitExponential(streams: Streams, stream: StreamId): number {
  const scaled = streams.double(stream) * 256;
  const layer = scaled | 0;
  const x = (scaled - layer) * exponentialEdge[layer];
  return x < exponentialEdge[layer + 1] ? x : outerExponential(streams, stream, layer, x);
}

/** A draw from the standard normal distribution. */
export function unitNormal(streams: Streams, stream: StreamId): number {
  const scaled = streams.double(stream) * 256;
  const layer = scaled | 0;
  const x = ((scaled - layer) * 2 - 1) * normalEdge[layer];
  return Math.abs(x) < normalEdge[layer + 1] ? x : outerNormal(streams, stream, layer, x);
}

function outerExponential(streams: Streams, stream: StreamId, layer: number, x: number): number {
  // Without memory: what is beyond the base is exponential again.
  if (layer === 0) return exponentialTail + unitExponential(streams, stream);
  const y = exponentialHeight[layer] + streams.double(stream) * (exponentialHeight[layer + 1] - exponentialHeight[layer]);
  return y < exp(-x) ? x : unitExponential(streams, stream);
}

function outerNormal(streams: Streams, stream: StreamId, layer: number, x: number): number {
  if (layer === 0) {
    let beyond: number;
    let y: number;
    do {
      beyond = -log(streams.uniform(stream)) / normalTail;
      y = -log(streams.uniform(stream));
    } while (2 * y < beyond * beyond);
    return x < 0 ? -normalTail - beyond : normalTail + beyond;
  }
  const y = normalHeight[layer] + streams.double(stream) * (normalHeight[layer + 1] - normalHeight[layer]);
  return y < exp(-0.5 * x * x) ? x : unitNormal(streams, stream);
}

function build(tail: number, area: number, density: (x: number) => number, inverse: (y: number) => number): Ziggurat {
  const edge = new Float64Array(257);
  const height = new Float64Array(257);
  edge[0] = area / density(tail);
  edge[1] = tail;
  for (let i = 1; i < 255; i++) edge[i + 1] = inverse(density(edge[i]) + area / edge[i]);
  for (let i = 0; i <= 256; i++) height[i] = density(edge[i]);
  return { edge, height };
}
