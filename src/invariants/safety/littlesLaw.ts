import { FactKind } from "../../model/facts.ts";
import { BusyTimes } from "../accounts/busyTimes.ts";
import type { Invariant } from "../invariant.ts";
import { NumberById } from "../numberById.ts";

/** S25. */
export const littlesLaw: Invariant = {
  id: "S25",
  name: "littles-law",
  statement:
    "The number of requests in the system, integrated over time, is the sum of the times that they spent in it, to the microsecond; and so it is at each instance for the requests and attempts that a balancer counts as outstanding there, from the instant at which they are sent until they are settled or withdrawn. At the end nothing is left of either. While an instance is ready, the time for which its slots have been busy, or its cores under processor sharing, grows by no more than their number times the time that goes by, and never shrinks.",
  watch({ platform, broken }) {
    const { calendar, world } = platform;
    const { instances, requests } = world;
    /** By request: its arrival, and the attempts of it that are under way, -1 none. By attempt: its request. */
    const arrivedAt = new NumberById(-1);
    const firstAttempt = new NumberById(-1);
    const secondAttempt = new NumberById(-1);
    const wholeOf = new NumberById(-1);
    /** By what was sent: when and to whom, -1 to nobody. */
    const sentAt = new NumberById(-1);
    const sentTo = new NumberById(-1);
    /** By instance: how many are outstanding since when, and how much more time has been counted than spent: a difference that stays small. */
    const outstanding = new NumberById(0);
    const since = new NumberById(0);
    const excess = new NumberById(0);
    const touched = new Int32Array(64);
    let touches = 0;
    let inSystem = 0;
    // instants and sums of them in variables of a closure would be made anew at every event
    const clock = new Float64Array(2);
    const [lastAt, more] = [0, 1];
    const touch = (instance: number): void => {
      if (touches === touched.length) settleTouched();
      touched[touches++] = instance;
    };
    const busyTimes = new BusyTimes(platform);
    const settleTouched = (): void => {
      for (let place = 0; place < touches; place++) settleStation(touched[place]);
      touches = 0;
    };
    const settleStation = (instance: number): void => {
      excess.add(instance, outstanding.get(instance) * (calendar.now - since.get(instance)));
      since.set(instance, calendar.now);
      outstanding.set(instance, instances.outstanding[instance]);
    };
    const leaves = (sent: number, at: number): void => {
      const instance = sentTo.get(sent);
      if (instance < 0) return;
      excess.add(instance, sentAt.get(sent) - at);
      sentTo.set(sent, -1);
      touch(instance);
    };
    const forget = (whole: number, attempt: number): void => {
      if (firstAttempt.get(whole) === attempt) firstAttempt.set(whole, -1);
      else if (secondAttempt.get(whole) === attempt) secondAttempt.set(whole, -1);
    };
    const withdraw = (attempts: NumberById, request: number, at: number): void => {
      const attempt = attempts.get(request);
      if (attempt < 0) return;
      leaves(attempt, at);
      attempts.set(request, -1);
    };
    const settled = (request: number, at: number): void => {
      if (arrivedAt.get(request) < 0) broken(`request ${request} is settled, and never arrived`);
      clock[more] -= at - arrivedAt.get(request);
      arrivedAt.set(request, -1);
      leaves(request, at);
      // one that was answered withdraws its other attempt
      withdraw(firstAttempt, request, at);
      withdraw(secondAttempt, request, at);
    };
    return {
      listensTo: [
        FactKind.requestArrived,
        FactKind.requestSent,
        FactKind.requestSucceeded,
        FactKind.requestFailed,
        FactKind.attemptStarted,
        FactKind.attemptFailed,
      ],
      observe({ at, kind, subject, value }) {
        switch (kind) {
          case FactKind.requestArrived:
            arrivedAt.set(subject, at);
            sentAt.set(subject, -1);
            return;
          case FactKind.attemptStarted:
            wholeOf.set(subject, value);
            sentAt.set(subject, -1);
            (firstAttempt.get(value) < 0 ? firstAttempt : secondAttempt).set(value, subject);
            return;
          case FactKind.requestSent:
            // from then on what its handler asks of other roles
            if (sentAt.get(subject) >= 0) return;
            sentAt.set(subject, at);
            sentTo.set(subject, value);
            touch(value);
            return;
          case FactKind.attemptFailed:
            leaves(subject, at);
            forget(wholeOf.get(subject), subject);
            return;
          default:
            settled(subject, at);
        }
      },
      afterEvent() {
        const { now } = calendar;
        clock[more] += inSystem * (now - clock[lastAt]);
        clock[lastAt] = now;
        inSystem = world.requestsInFlight;
        if (touches > 0) settleTouched();
      },
      look() {
        const wrong = busyTimes.wrong();
        if (wrong >= 0)
          broken(`the slots of instance ${wrong} have been busy for another ${busyTimes.growth} us in the last ${busyTimes.elapsed} us`);
      },
      atEnd() {
        this.afterEvent?.();
        if (clock[more] !== 0) broken(`requests were in the system for ${clock[more]} us more, all together, than they spent there`);
        for (let instance = 0; instance < instances.count; instance++) {
          settleStation(instance);
          if (excess.get(instance) !== 0)
            broken(`requests were outstanding at instance ${instance} for ${excess.get(instance)} us too long`);
          if (outstanding.get(instance) !== 0)
            broken(`${outstanding.get(instance)} requests are outstanding at instance ${instance} at the end`);
        }
        if (requests.count < 0) broken("records of requests are given back twice");
      },
    };
  },
};
