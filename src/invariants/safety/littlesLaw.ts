import { BusyTimes } from "../accounts/busyTimes.ts";
import { RequestAccount } from "../accounts/requests.ts";
import type { Invariant } from "../invariant.ts";
import { NumberById } from "../numberById.ts";

/** S25. */
export const littlesLaw: Invariant = {
  id: "S25",
  name: "littles-law",
  statement:
    "The number of requests in the system, integrated over time, is the sum of the times that they spent in it, to the microsecond; and so it is at each instance for the requests and attempts that a balancer counts as outstanding there, from the instant at which they are sent until they are settled or withdrawn. At the end nothing is left of either. While an instance is ready, the time for which its slots have been busy, or its cores under processor sharing, grows by no more than their number times the time that goes by, and never shrinks.",
  watch({ account, platform, broken }) {
    const { calendar, world } = platform;
    const { instances, requests } = world;
    const told = account(RequestAccount);
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
      const { now } = calendar;
      excess.add(instance, outstanding.get(instance) * (now - since.get(instance)));
      since.set(instance, now);
      outstanding.set(instance, instances.outstanding[instance]);
    };
    told.stations = {
      reached: touch,
      left(record) {
        const instance = told.sentTo[record];
        excess.add(instance, told.sentAt[record] - calendar.now);
        touch(instance);
      },
      settled(request, wasOpen) {
        if (!wasOpen) broken(`request ${request} is settled, and never arrived`);
        clock[more] -= calendar.now - told.arrivedAt[request];
      },
    };
    const count = (): void => {
      const { now } = calendar;
      clock[more] += inSystem * (now - clock[lastAt]);
      clock[lastAt] = now;
      inSystem = world.requestsInFlight;
    };
    return {
      afterEvent() {
        // for as long as the number stays, its integral can wait
        if (world.requestsInFlight !== inSystem) count();
        if (touches > 0) settleTouched();
      },
      look() {
        const wrong = busyTimes.wrong();
        if (wrong >= 0)
          broken(`the slots of instance ${wrong} have been busy for another ${busyTimes.growth} us in the last ${busyTimes.elapsed} us`);
      },
      atEnd() {
        count();
        settleTouched();
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
