/** The version of the simulator: results are the same bytes only within one version. */
export const version = "0.1.0";
