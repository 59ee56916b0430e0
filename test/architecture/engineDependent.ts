/** Something that differs between engines, hosts or days, and that nothing below report/ may therefore use. */
export interface Ban {
  readonly what: string;
  /** Matched against code without comments and strings; the match is what the complaint names. */
  readonly pattern: RegExp;
  /** What must be found, each a line of code. */
  readonly caught: readonly string[];
  /** What looks alike and is no danger. */
  readonly allowed: readonly string[];
}

/** Functions of Math whose results the standard fixes to the last bit; the constants in capitals are safe too. */
const exactMath = "abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc";

/** A word of the host: neither a property of something else nor a key. */
const free = (words: string): RegExp => new RegExp(String.raw`(?<![.\w])(?:${words})\b(?!\s*[:?(]?\s*:)`, "g");

/** Every ban, from the comparison of engines: what differed in a million inputs, or comes from the machine. */
export const bans: readonly Ban[] = [
  {
    what: "powers, whose last bits differ: random/detmath has pow, and 1e-5 is exact",
    pattern: /\*\*=?/g,
    caught: ["x ** 3", "x **= 2", "10 ** -5"],
    allowed: ["x * y", "x * x"],
  },
  {
    what: "functions of Math that are not exact, and chance",
    pattern: new RegExp(String.raw`\bMath\s*\??\.\s*(?!(?:${exactMath}|[A-Z0-9_]+)\b)\w+`, "g"),
    caught: [
      ..."log log1p log2 log10 exp expm1 pow sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh cbrt hypot random"
        .split(" ")
        .map((name) => `Math.${name}(x)`),
      // newer than Node 20
      "Math.sumPrecise(xs)",
      "Math.f16round(x)",
    ],
    allowed: [...exactMath.split("|").map((name) => `Math.${name}(x)`), "Math.LN2", "Math.SQRT1_2", "myMath.log(x)"],
  },
  {
    what: "Math by another name, past the rule above",
    pattern: /(?<![.\w])Math\b(?!\s*\??\.)/g,
    caught: ["const { log } = Math;", 'Math["log"](x)', "call(Math)"],
    allowed: ["Math.floor(x)", "view.Math"],
  },
  {
    what: "the clock, the locale, timers and what else belongs to a host",
    pattern: free(
      "Date|Temporal|performance|Intl|process|globalThis|setTimeout|setInterval|setImmediate|queueMicrotask|requestAnimationFrame|fetch|console|crypto|require|navigator|WebAssembly|Atomics|SharedArrayBuffer|WeakRef|FinalizationRegistry|eval",
    ),
    caught: [
      "new Date()",
      "Date.now()",
      "Date.parse(text)",
      "Temporal.Now.instant()",
      "performance.now()",
      "new Intl.NumberFormat()",
      "process.hrtime()",
      "globalThis.Math",
      "setTimeout(f, 1)",
      "setInterval(f, 1)",
      "setImmediate(f)",
      "queueMicrotask(f)",
      "requestAnimationFrame(f)",
      "fetch(url)",
      "console.log(x)",
      "crypto.getRandomValues(x)",
      'require("x")',
      "navigator.language",
      "new WebAssembly.Module(x)",
      "Atomics.load(x, 0)",
      "new SharedArrayBuffer(8)",
      "new WeakRef(x)",
      "new FinalizationRegistry(f)",
      "eval(text)",
    ],
    allowed: ["{ process: true }", "healing.process", "process?: boolean", "expiryDate"],
  },
  {
    what: "the global object by its other names",
    pattern: /(?<![.\w])(?:self|global)\s*\./g,
    caught: ["self.name", "global.gc()"],
    // window is a word of ours, and as a global unknown to the compiler
    allowed: ["own.self", "window.length"],
  },
  {
    what: "texts by locale",
    pattern: /\.(?:toLocale\w+|localeCompare)\b/g,
    caught: ["x.toLocaleString()", "x.toLocaleDateString()", "x.toLocaleTimeString()", "x.toLocaleUpperCase()", "a.localeCompare(b)"],
    allowed: ["x.toUpperCase()", "a < b"],
  },
  {
    what: "numbers in another radix than 10 and 16, whose digits differ",
    pattern: /\.toString\s*\(\s*(?!16\s*\)|10\s*\)|\)|\{)[^)\n]*\)?/g,
    caught: ["x.toString(36)", "x.toString(2)", "x.toString(radix)"],
    allowed: ["x.toString()", "x.toString(16)", "x.toString(10)", "document.toString({ lineWidth: 0 })"],
  },
  {
    what: "comparators that are not an order, for which each engine sorts another way",
    pattern: /\.(?:sort|toSorted)\(\s*\(\w+, \w+\) =>\s*[^?\n&|,()]*[<>]=?[^?\n&|,()]*\)/g,
    caught: ["xs.sort((a, b) => a > b)", "xs.toSorted((a, b) => a.at < b.at)"],
    allowed: ["xs.sort((a, b) => a - b)", "xs.sort((a, b) => (a < b ? -1 : 1))", "xs.sort()"],
  },
  {
    what: "what is not in Node 20",
    pattern: /\b(?:Map|Object)\.groupBy\b|\bIterator\.(?:from|concat|prototype)\b|\bArray\.fromAsync\b/g,
    caught: ["Map.groupBy(xs, f)", "Object.groupBy(xs, f)", "Iterator.from(xs)", "Array.fromAsync(xs)"],
    allowed: ["Object.entries(x)", "Array.from(xs)"],
  },
];

/** Layers whose results are traces and figures: there not even the words of an error may be read, because each engine has its own. */
export const tracing = ["kernel", "random", "stats", "model", "metrics", "invariants", "experiment"];

/** The words of an error, unless a further error is thrown with them. */
export const errorWords: Ban = {
  what: "the words of an error, which each engine has of its own",
  pattern:
    /^(?!.*\bthrow\b).*\b(?:error|exception|problem|failure|e)(?: as \w+)?\)?\.(?:message|stack)\b.*$|^(?!.*\bthrow\b).*\bString\(error\).*$|\.stack\b/gm,
  caught: [
    "tell(error.message)",
    "return (error as Error).message;",
    "const words = error.stack;",
    "tell(String(error))",
    "new Error().stack",
  ],
  allowed: ["requests.message[job]", "throw new PolicyError(name, error.message)", "messages.push(error)"],
};
