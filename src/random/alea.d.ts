/** The part of seedrandom's Alea generator that is used here; the package has no declarations. */
declare module "seedrandom/lib/alea.js" {
  interface AleaState {
    readonly c: number;
    readonly s0: number;
    readonly s1: number;
    readonly s2: number;
  }
  interface AleaGenerator {
    /** The next 32 bits, in [0, 1). */
    (): number;
    /** The next 53 bits, in [0, 1). */
    double(): number;
    /** A copy of the state. */
    state(): AleaState;
  }
  function alea(seed: string, options?: { state: true | AleaState }): AleaGenerator;
  export = alea;
}
