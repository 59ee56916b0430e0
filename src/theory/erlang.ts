/** Share of calls that find all `servers` busy and are lost, for an offered load in erlangs of any service law. Erlang (1917). */
export function erlangB(servers: number, offered: number): number {
  let blocked = 1;
  for (let k = 1; k <= servers; k++) blocked = (offered * blocked) / (k + offered * blocked);
  return blocked;
}

/** Share of customers that wait in M/M/c, for an offered load in erlangs below the number of servers; 1 from there on. Erlang (1917). */
export function erlangC(servers: number, offered: number): number {
  if (offered >= servers) return 1;
  const blocked = erlangB(servers, offered);
  const busy = offered / servers;
  return blocked / (1 - busy + busy * blocked);
}
