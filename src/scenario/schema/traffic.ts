import * as z from "zod";
import { arrivals } from "./arrivals.ts";
import { trying } from "./calls.ts";
import { count, law } from "./fields.ts";

/** One entry of `clients`. */
export const client = z.strictObject({
  endpoint: z.string().meta({
    description: "The role they call, role/endpoint when it has several, or role/endpoint/2 for one instance of an instanceInput endpoint.",
    unit: "name of a role, role/endpoint, or role/endpoint/index",
  }),
  slot: z.enum(["production", "staging"]).optional().meta({ description: "Which deployment slot they call.", unit: "choice" }),
  arrivals: arrivals.optional().meta({
    description: "When requests arrive, or sessions when session is given.",
    unit: "arrivals",
    absent: "users are closed",
  }),
  users: count(1, 10_000_000).optional().meta({
    description: "So many users, each sending its next request a think time after the last answer.",
    unit: "count",
    absent: "arrivals are open",
  }),
  think: law.optional().meta({ description: "Think time of users.", unit: "law" }),
  session: z
    .strictObject({
      requests: z
        .number()
        .min(1)
        .max(1_000_000)
        .optional()
        .meta({ description: "Mean number of requests of a session, geometric.", unit: "number" }),
      think: law.optional().meta({ description: "From an answer to the next request of the session.", unit: "law" }),
    })
    .optional()
    .meta({
      description: "Each arrival is a user who keeps one connection for several requests.",
      absent: "every request has its own connection",
    }),
  ...trying,
  protocol: z.enum(["tcp", "udp", "http", "https"]).optional().meta({
    description: "udp has no connections: its flows move when their instance leaves the rotation.",
    unit: "choice",
  }),
  addresses: count(1, 1_000_000_000)
    .optional()
    .meta({ description: "How many addresses the users have: what source-ip distribution sees.", unit: "count" }),
});
