import { expect } from "vitest";
import { vmSizeNames } from "../../src/model/hardware/sizes.ts";
import { importService } from "../../src/scenario/import/service.ts";
import { toScenario } from "../../src/scenario/import/toScenario.ts";
import { headline, ScenarioError } from "../../src/scenario/problem.ts";
import { type Plot, tell } from "../model/story.ts";
import { counted, cscfg, csdef, definitionSpace, endpoints, many, probe, rule, two, worker } from "../scenario/import/texts.ts";
import { factsOf } from "./fact.ts";
import { facts } from "./section01.ts";

const fact = factsOf(facts);

const read = (definition: string, configuration = two) =>
  importService({ file: "a.csdef", bytes: definition }, { file: "a.cscfg", bytes: configuration }, vmSizeNames);

/** What is wrong with a pair, place and severity left out; empty when it is read. */
function wrong(definition: string, configuration = two): string[] {
  try {
    read(definition, configuration);
    return [];
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map((problem) => headline(problem).replace(/^.*?: error: /, ""));
  }
}

const odd = (definition: string, configuration = two) => read(definition, configuration).warnings.map(({ message }) => message);
const only = (definition: string, configuration = two) => read(definition, configuration).service.roles[0];
const scenarioOf = (definition: string, configuration = two) => toScenario(read(definition, configuration).service).scenario;
const oneOf = (from: number, to: number) => `allowed is a whole number from ${from} to ${to}`;
const web = (content: string) => csdef(`<WebRole name="W">${content}</WebRole>`);
const http = '<Endpoints><InputEndpoint name="H" protocol="http" port="80"/></Endpoints>';
const networked = (content: string) =>
  cscfg(`<Role name="W"><Instances count="2"/></Role><NetworkConfiguration>\n${content}\n</NetworkConfiguration>`);

fact("1.1", () => {
  expect(read(csdef('<WorkerRole name="W"/>')).service.serviceName).toBe("S");
  expect(wrong(csdef('<WorkerRole name="W"/>').replace("2008/10", "2011/10"))[0]).toContain(`it has to be "${definitionSpace}"`);
  expect(wrong(csdef('<WorkerRole name="W"/>').replace('name="S"', ""))[0]).toContain('no attribute "name", which is required');
});

fact("1.2", () => {
  for (const version of ["2012-05.1.7", "2012-10.1.8", "2013-03.2.0", "2013-10.2.2", "2014-01.2.3", "2014-06.2.4", "2015-04.2.6"]) {
    expect(read(csdef('<WorkerRole name="W"/>', ` schemaVersion="${version}"`)).service.schemaVersion).toBe(version);
  }
});

fact("1.3", () => {
  const domains = (attributes: string, count: string) => {
    const { scenario } = toScenario(read(csdef('<WorkerRole name="W"/>', attributes), counted(count)).service);
    return tell({ ...scenario, preset: "ideal", horizon: "1min" }).summary.instances.map(({ upgradeDomain }) => upgradeDomain);
  };
  expect(domains("", "7")).toEqual([0, 1, 2, 3, 4, 0, 1]);
  expect(domains(' upgradeDomainCount="20"', "21").slice(-3)).toEqual([18, 19, 0]);
  expect(wrong(csdef('<WorkerRole name="W"/>', ' upgradeDomainCount="21"'))[0]).toContain(oneOf(1, 20));
});

fact("1.4", () => {
  const said = (attributes: string) => read(csdef('<WorkerRole name="W"/>', attributes)).service.topologyChangeDiscovery;
  expect(said("")).toBeNull();
  expect(said(' topologyChangeDiscovery="Blast"')).toBe("Blast");
  expect(said(' topologyChangeDiscovery="UpgradeDomainWalk"')).toBe("UpgradeDomainWalk");
  expect(wrong(csdef('<WorkerRole name="W"/>', ' topologyChangeDiscovery="Walk"'))[0]).toContain(
    'allowed are "Blast" and "UpgradeDomainWalk"',
  );
});

fact("1.5", () => {
  const roles = (count: number) => csdef(many(count, (index) => `<WorkerRole name="R${index}"/>`));
  const counts = (count: number) => cscfg(many(count, (index) => `<Role name="R${index}"><Instances count="1"/></Role>`));
  expect(wrong(roles(0), counts(0))).toEqual(["the service definition has no role; at least one <WebRole> or <WorkerRole> is needed"]);
  expect(wrong(roles(25), counts(25))).toEqual([]);
  expect(wrong(roles(26), counts(26))).toEqual(["the service has 26 roles; at most 25 are allowed"]);
});

fact("1.6", () => {
  const kinds = {
    input: (index: number) => `<InputEndpoint name="E${index}" protocol="tcp" port="${index}"/>`,
    internal: (index: number) => `<InternalEndpoint name="E${index}" protocol="tcp"/>`,
    "instance input": (index: number) =>
      `<InstanceInputEndpoint name="E${index}" protocol="tcp" localPort="80"><AllocatePublicPortFrom><FixedPortRange min="${10 * index}" max="${10 * index + 9}"/></AllocatePublicPortFrom></InstanceInputEndpoint>`,
  };
  for (const [kind, endpoint] of Object.entries(kinds)) {
    expect(wrong(endpoints(many(25, endpoint)))).toEqual([]);
    expect(wrong(endpoints(many(26, endpoint)))).toEqual([`the service has 26 ${kind} endpoints; at most 25 are allowed`]);
  }
});

fact("1.7", () => {
  const of = (count: number) => odd(endpoints(many(count, (index) => `<InternalEndpoint name="E${index}" protocol="tcp"/>`)));
  expect(of(5)).toEqual([]);
  expect(of(6)).toEqual(['role "W" has 6 internal endpoints; the platform documents at most 5 in a role']);
});

fact("1.8", () => {
  const deploy = (slot: "production" | "staging", at: string) => ({ kind: "deploy", slot, at, version: "v2" }) as const;
  const { lines } = tell({
    service: { roles: { web: { kind: "web", instances: 1 } } },
    operations: [deploy("staging", "1s"), deploy("staging", "2s"), deploy("production", "3s")],
  });
  expect(lines(/deploy.*(done|refused)/)).toEqual([
    "1 deploy v2 to staging done",
    expect.stringContaining("2 deploy refused"),
    expect.stringContaining("3 deploy refused"),
  ]);
});

fact("1.9", () => {
  const plot = (subscription?: Plot["subscription"]) =>
    tell({
      ...(subscription === undefined ? {} : { subscription }),
      service: { roles: { web: { kind: "web", size: "Small", instances: 20 } } },
      operations: [{ kind: "scale", at: "1s", role: "web", instances: 21 }],
    }).lines(/refused/);
  expect(plot({ cores: 20 })).toEqual(["1 scale refused: the subscription's quota of 20 cores is used up"]);
  expect(plot()).toEqual([]);
});

fact("1.10", () => {
  expect(wrong(csdef('<WorkerRole name="W"/>\n<WebRole name="W"/>'))).toEqual(['a second role is named "W"; the first stands in line 2']);
  expect(wrong(csdef("<WorkerRole/>"), cscfg(""))).toEqual(['<WorkerRole> has no attribute "name", which is required']);
});

fact("1.11", () => {
  expect(only(csdef('<WorkerRole name="W"/>'))?.size).toBe("Small");
  expect(scenarioOf(csdef('<WorkerRole name="W"/>')).service.roles?.W?.size).toBe("Small");
});

fact("1.13", () => {
  for (const protocol of ["http", "tcp", "udp"]) {
    expect(only(endpoints(`<InputEndpoint name="E" protocol="${protocol}" port="65535"/>`))?.endpoints[0]).toMatchObject({
      protocol,
      port: 65_535,
    });
  }
  expect(wrong(endpoints('<InputEndpoint name="E" protocol="ftp" port="21"/>'))[0]).toContain(
    'allowed are "http", "https", "tcp" and "udp"',
  );
  for (const port of ["0", "65536"]) {
    expect(wrong(endpoints(`<InputEndpoint name="E" protocol="tcp" port="${port}"/>`))[0]).toContain(oneOf(1, 65_535));
  }
});

fact("1.14", () => {
  const role = (name: string, port: number) =>
    `<WorkerRole name="${name}"><Endpoints><InputEndpoint name="E" protocol="tcp" port="${port}"/></Endpoints></WorkerRole>`;
  const counts = cscfg(many(2, (index) => `<Role name="R${index}"><Instances count="1"/></Role>`));
  expect(wrong(csdef(role("R1", 80) + role("R2", 81)), counts)).toEqual([]);
  expect(wrong(csdef(role("R1", 80) + role("R2", 80)), counts)).toEqual([
    'port 80 is already taken by endpoint "E" of role "R1"; public ports are unique over all roles',
  ]);
});

fact("1.15", () => {
  expect(wrong(endpoints('<InputEndpoint name="E" protocol="https" port="443"/>'))).toEqual(['an https endpoint needs a "certificate"']);
  const certificates = '<Certificates><Certificate name="C" storeLocation="LocalMachine" storeName="My"/></Certificates>';
  const endpoint = '<Endpoints><InputEndpoint name="E" protocol="https" port="443" certificate="C"/></Endpoints>';
  expect(wrong(worker(certificates + endpoint))).toEqual([]);
  expect(odd(worker(endpoint))).toEqual(['certificate "C" is not declared; role "W" declares none']);
});

fact("1.16", () => {
  const local = (more: string) => only(endpoints(`<InputEndpoint name="E" protocol="tcp" port="80"${more}/>`))?.endpoints[0]?.localPort;
  expect([local(""), local(' localPort="8080"'), local(' localPort="*"')]).toEqual([80, 8080, "*"]);
});

fact("1.17", () => {
  const ignores = (more: string) =>
    only(endpoints(`<InputEndpoint name="E" protocol="tcp" port="80"${more}/>`))?.endpoints[0]?.ignoreRoleInstanceStatus;
  expect([ignores(""), ignores(' ignoreRoleInstanceStatus="true"')]).toEqual([false, true]);
  expect(wrong(endpoints('<InputEndpoint name="E" protocol="tcp" port="80" ignoreRoleInstanceStatus="maybe"/>'))).toHaveLength(1);
});

fact("1.18", () => {
  const probed = (name: string) =>
    csdef(
      `<LoadBalancerProbes><LoadBalancerProbe name="Health" protocol="tcp"/></LoadBalancerProbes><WorkerRole name="W"><Endpoints><InputEndpoint name="E" protocol="tcp" port="80" loadBalancerProbe="${name}"/></Endpoints></WorkerRole>`,
    );
  expect(scenarioOf(probed("Health")).service.roles?.W?.endpoints?.E?.probe).toMatchObject({ interval: "15s", evictAfter: "31s" });
  expect(wrong(probed("Helth"))).toEqual(['there is no load balancer probe "Helth"; allowed is "Health"; did you mean "Health"?']);
});

fact("1.19", () => {
  const endpoint = (minutes: number) => endpoints(`<InputEndpoint name="E" protocol="tcp" port="80" idleTimeoutInMinutes="${minutes}"/>`);
  expect(scenarioOf(endpoint(15)).balancer?.idleTimeout).toBe("15min");
  expect(wrong(endpoint(3))[0]).toContain(oneOf(4, 30));
  expect(wrong(endpoint(31))[0]).toContain(oneOf(4, 30));
});

fact("1.20", () => {
  const policy = (mode: string) =>
    scenarioOf(endpoints(`<InputEndpoint name="E" protocol="tcp" port="80" loadBalancerDistribution="${mode}"/>`)).balancer?.policy;
  expect([policy("none"), policy("sourceIP"), policy("sourceIPProtocol")]).toEqual([undefined, "source-ip", "source-ip-protocol"]);
  expect(wrong(endpoints('<InputEndpoint name="E" protocol="tcp" port="80" loadBalancerDistribution="random"/>'))).toHaveLength(1);
});

fact("1.21", () => {
  const definition = endpoints('<InputEndpoint name="E" protocol="tcp" port="80" loadBalancer="Inside"/>');
  const balancers = networked(
    '<LoadBalancers><LoadBalancer name="Inside"><FrontendIPConfiguration type="private"/></LoadBalancer></LoadBalancers>',
  );
  expect(odd(definition)).toEqual(['load balancer "Inside" of role "W" is not in the service configuration']);
  expect(odd(definition, balancers)).toEqual([]);
});

fact("1.22", () => {
  for (const protocol of ["http", "tcp", "udp", "any"]) {
    expect(only(endpoints(`<InternalEndpoint name="E" protocol="${protocol}"/>`))?.endpoints[0]).toMatchObject({ protocol, port: null });
  }
  expect(wrong(endpoints('<InternalEndpoint name="E" protocol="https"/>'))[0]).toContain('allowed are "http", "tcp", "udp" and "any"');
});

fact("1.23", () => {
  const endpoint = (inner: string) =>
    only(endpoints(`<InternalEndpoint name="E" protocol="tcp">${inner}</InternalEndpoint>`))?.endpoints[0];
  expect(endpoint('<FixedPort port="9000"/>')).toMatchObject({ port: 9000 });
  expect(endpoint('<FixedPortRange min="9000" max="9009"/>')).toMatchObject({ port: null, portRange: [9000, 9009] });
  expect(wrong(endpoints('<InternalEndpoint name="E" protocol="tcp"><FixedPortRange min="9" max="8"/></InternalEndpoint>'))).toHaveLength(
    1,
  );
});

const instanceInput = (max: number, more = 'localPort="80" protocol="tcp"') =>
  endpoints(
    `<InstanceInputEndpoint name="E" ${more}><AllocatePublicPortFrom><FixedPortRange min="2000" max="${max}"/></AllocatePublicPortFrom></InstanceInputEndpoint>`,
  );

fact("1.24", () => {
  expect(wrong(instanceInput(2009))).toEqual([]);
  expect(wrong(instanceInput(2009, 'protocol="tcp"'))).toEqual(['<InstanceInputEndpoint> has no attribute "localPort", which is required']);
  expect(wrong(instanceInput(2009, 'localPort="80" protocol="http"'))[0]).toContain('allowed are "tcp" and "udp"');
});

fact("1.25", () => {
  expect(wrong(instanceInput(2004), counted("5"))).toEqual([]);
  expect(wrong(instanceInput(2003), counted("5"))).toEqual([
    'endpoint "E" has 4 public ports, but role "W" has 5 instances, and each takes one',
  ]);
});

fact("1.27", () => {
  const storage = (more: string) => worker(`<LocalResources><LocalStorage name="L"${more}/></LocalResources>`);
  expect(only(storage(""))?.localStorage[0]?.sizeInMB).toBe(100);
  expect(wrong(storage(' sizeInMB="0"'))[0]).toContain("allowed is a whole number from 1 to");
  expect(wrong(storage(` sizeInMB="${225 * 1024 + 1}"`))).toEqual([
    'role "W" asks for 230401 MB of local storage; the size Small has 230400 MB of local disk',
  ]);
  expect(scenarioOf(storage(' sizeInMB="2048"')).service.roles?.W?.localStorage?.L).toMatchObject({ size: "2048MiB" });
});

fact("1.28", () => {
  const cleaned = (more: string) => {
    const definition = worker(`<LocalResources><LocalStorage name="L"${more}/></LocalResources>`);
    return scenarioOf(definition).service.roles?.W?.localStorage?.L?.cleanOnRoleRecycle;
  };
  expect([cleaned(""), cleaned(' cleanOnRoleRecycle="false"')]).toEqual([true, false]);
});

fact("1.29", () => {
  const context = (more: string) => only(worker(`<Startup><Task commandLine="a"${more}/></Startup>`))?.startupTasks[0]?.executionContext;
  expect([context(""), context(' executionContext="elevated"')]).toEqual(["limited", "elevated"]);
  expect(wrong(worker('<Startup><Task commandLine="a" executionContext="root"/></Startup>'))).toHaveLength(1);
});

/** When an instance whose task takes 40 s is ready, with that type of task as the import sees it. */
function readyAt(attributes: string): string[] {
  const definition = web(`<Startup><Task commandLine="a.cmd"${attributes}/></Startup>${http}`);
  const { service } = scenarioOf(definition, counted("1"));
  for (const task of service.roles?.W?.startupTasks ?? []) task.duration = "40s";
  return tell({ service: { ...service, deployedAtStart: false }, operations: [{ kind: "deploy", at: "10s" }] }).lines(/W\/0 ready/);
}

fact("1.30", () => {
  expect(readyAt("")).toEqual(["50 W/0 ready"]);
  expect(readyAt(' taskType="simple"')).toEqual(["50 W/0 ready"]);
});

fact("1.31", () => {
  expect(readyAt(' taskType="background"')).toEqual(["10 W/0 ready"]);
  expect(readyAt(' taskType="foreground"')).toEqual(["10 W/0 ready"]);
});

fact("1.32", () => {
  for (const context of ["limited", "elevated"]) expect(wrong(worker(`<Runtime executionContext="${context}"/>`))).toEqual([]);
  expect(wrong(worker('<Runtime executionContext="root"/>'))[0]).toContain('allowed are "limited" and "elevated"');
});

fact("1.33", () => {
  const role = (inner: string) => worker(`<Runtime><Environment><Variable name="V"${inner}</Environment></Runtime>`);
  const task = (inner: string) =>
    worker(`<Startup><Task commandLine="a"><Environment><Variable name="V"${inner}</Environment></Task></Startup>`);
  const asked = '><RoleInstanceValue xpath="/RoleEnvironment/Deployment/@id"/></Variable>';
  for (const holder of [role, task]) {
    expect(wrong(holder(' value="1"/>'))).toEqual([]);
    expect(wrong(holder(asked))).toEqual([]);
    expect(wrong(holder("/>"))).toEqual(['<Variable> has neither a "value" nor a <RoleInstanceValue>; it takes one of them']);
    expect(wrong(holder(` value="1"${asked}`))).toEqual(['<Variable> has both a "value" and a <RoleInstanceValue>; it takes one of them']);
  }
});

fact("1.34", () => {
  const entry = (inner: string) => worker(`<Runtime><EntryPoint>${inner}</EntryPoint></Runtime>`);
  const assembly = '<NetFxEntryPoint assemblyName="a.dll" targetFrameworkVersion="v4.0"/>';
  const program = '<ProgramEntryPoint commandLine="a.exe" setReadyOnProcessStart="true"/>';
  expect(wrong(entry(assembly))).toEqual([]);
  expect(wrong(entry(program))).toEqual([]);
  expect(wrong(entry(assembly + program))).toEqual(["<EntryPoint> names more than one way to start; it takes one"]);
});

fact("1.35", () => {
  const site = (endpoint: string, inner = "") =>
    web(`<Sites><Site name="A">${inner}<Bindings><Binding name="B" endpointName="${endpoint}"/></Bindings></Site></Sites>${http}`);
  const nested =
    '<VirtualApplication name="api" physicalDirectory="x"><VirtualDirectory name="v" physicalDirectory="y"/></VirtualApplication>';
  expect(wrong(site("H", nested))).toEqual([]);
  expect(odd(site("H", nested))).toEqual([]);
  expect(odd(site("G"))).toEqual(['a site is bound to endpoint "G", but role "W" has "H"']);
  expect(wrong(web(`<Sites><Site name="A"><Bindings/></Site></Sites>${http}`))).toEqual(["<Bindings> has no <Binding>, and needs one"]);
});

fact("1.36", () => {
  const inside = '<InternalEndpoint name="I1" protocol="tcp"/><InternalEndpoint name="I2" protocol="tcp"/>';
  const sites = '<Sites><Site name="A"><Bindings><Binding name="B" endpointName="H"/></Bindings></Site></Sites>';
  const role = (more: string) => web(`${more}${http.replace("</Endpoints>", `${inside}</Endpoints>`)}`);
  expect(odd(role(sites))).toEqual([]);
  expect(odd(role(""))).toEqual(['web role "W" has no <Sites> and 2 internal endpoints; a role on the hosted web core may have one']);
});

fact("1.37", () => {
  const imports = (...names: string[]) => worker(`<Imports>${names.map((name) => `<Import moduleName="${name}"/>`).join("")}</Imports>`);
  expect(odd(imports("Diagnostics", "RemoteAccess", "RemoteForwarder", "Connect", "Caching"))).toEqual([]);
  expect(odd(imports("Diagnostic"))[0]).toContain('the module "Diagnostic" is not known');
  expect(odd(imports("Diagnostic"))[0]).toContain('did you mean "Diagnostics"?');
});

fact("1.38", () => {
  const definition = (modules: string) =>
    worker(`<Imports>${modules}</Imports><Endpoints><InputEndpoint name="E" protocol="tcp" port="3389"/></Endpoints>`);
  expect(odd(definition('<Import moduleName="RemoteForwarder"/>'))).toEqual(['endpoint "E" takes port 3389, which RemoteForwarder opens']);
  expect(odd(definition('<Import moduleName="RemoteAccess"/>'))).toEqual(["RemoteAccess is imported, but no role imports RemoteForwarder"]);
});

fact("1.39", () => {
  const certificate = (more: string) => worker(`<Certificates><Certificate name="C" ${more}/></Certificates>`);
  expect(wrong(certificate('storeLocation="LocalMachine" storeName="My"'))).toEqual([]);
  expect(wrong(certificate('storeLocation="CurrentUser" storeName="Root" permissionLevel="elevated"'))).toEqual([]);
  expect(wrong(certificate('storeLocation="Machine"'))[0]).toContain('allowed are "LocalMachine" and "CurrentUser"');
  expect(wrong(certificate('permissionLevel="limited"'))[0]).toContain('allowed are "limitedOrElevated" and "elevated"');
});

fact("1.40", () => {
  const contents = (inner: string) => worker(`<Contents><Content destination="bin">${inner}</Content></Contents>`);
  expect(wrong(contents('<SourceDirectory path="x"/>'))).toEqual([]);
  expect(wrong(contents(""))).toEqual(["<Content> has no <SourceDirectory>, and needs one"]);
});

fact("1.41", () => {
  expect(odd(web(http))).toEqual([]);
  expect(odd(web(http.replace("http", "tcp")))).toEqual(['web role "W" has no http or https input endpoint']);
  expect(odd(worker(""))).toEqual([]);
});

fact("1.42", () => {
  expect(wrong(probe('protocol="http" path="/healthz"'))).toEqual([]);
  expect(wrong(probe('protocol="http"'))).toEqual(['an http probe needs a "path", such as "/healthz"']);
  expect(wrong(probe('protocol="tcp"'))).toEqual([]);
  expect(wrong(probe('protocol="tcp" path="/"'))).toEqual(['a tcp probe may not have a "path"; only an http probe asks for one']);
  expect(wrong(probe('protocol="udp"'))[0]).toContain('allowed are "http" and "tcp"');
});

const first = (attributes: string) => read(probe(attributes)).service.probes[0];

fact("1.43", () => {
  expect(first('protocol="tcp"')?.port).toBeNull();
  expect(first('protocol="tcp" port="8081"')?.port).toBe(8081);
});

fact("1.44", () => {
  expect(first('protocol="tcp"')?.intervalInSeconds).toBe(15);
  expect(first('protocol="tcp" intervalInSeconds="5"')?.intervalInSeconds).toBe(5);
  expect(wrong(probe('protocol="tcp" intervalInSeconds="4"'))[0]).toContain("allowed is a whole number from 5 to");
});

fact("1.45", () => {
  expect(first('protocol="tcp"')?.timeoutInSeconds).toBe(31);
  expect(first('protocol="tcp" timeoutInSeconds="11"')?.timeoutInSeconds).toBe(11);
  expect(wrong(probe('protocol="tcp" timeoutInSeconds="10"'))[0]).toContain("allowed is a whole number from 11 to");
});

/** Instance 0 of an imported web role with or without a probe of its own hangs at 100 s; when is it taken out? */
function outAfterHang(probeName: string): string[] {
  const probes = '<LoadBalancerProbes><LoadBalancerProbe name="P" protocol="http" path="/"/></LoadBalancerProbes>';
  const endpoint = `<InputEndpoint name="H" protocol="http" port="80"${probeName}/>`;
  const { service } = scenarioOf(csdef(`${probes}<WebRole name="W"><Endpoints>${endpoint}</Endpoints></WebRole>`));
  return tell({ service, faults: [{ kind: "app-hang", at: "100s", instance: "W/0" }] }).lines(/W\/0 out/);
}

fact("1.46", () => {
  const [line = ""] = outAfterHang(' loadBalancerProbe="P"');
  const second = Number(line.split(" ")[0]);
  // the last success came up to 15 s before the hang, and 31 s later the patience ends
  expect(second).toBeGreaterThan(100 + 31 - 15);
  expect(second).toBeLessThanOrEqual(100 + 31);
});

fact("1.47", () => {
  expect(outAfterHang(' loadBalancerProbe="P"')).toHaveLength(1);
  expect(outAfterHang("")).toEqual([]);
});

fact("1.48", () => {
  const to = '<Destinations><RoleEndpoint endpointName="I" roleName="W"/></Destinations>';
  const inner = (text: string) =>
    rule(text).replace(
      '<WorkerRole name="W"/>',
      worker('<Endpoints><InternalEndpoint name="I" protocol="tcp"/></Endpoints>').split("\n")[1] ?? "",
    );
  expect(wrong(inner(`${to}<AllowAllTraffic/>`))).toEqual([]);
  expect(wrong(inner(`${to}<WhenSource matches="AnyRule"><FromRole roleName="W"/></WhenSource>`))).toEqual([]);
  expect(wrong(inner(to))).toEqual(["<OnlyAllowTrafficTo> names nobody; allowed are <AllowAllTraffic/> and <WhenSource>"]);
  expect(wrong(inner(`${to}<WhenSource matches="AnyRule"><FromRole roleName="V"/></WhenSource>`))[0]).toContain('there is no role "V"');
  expect(wrong(inner(`${to.replace('"I"', '"J"')}<AllowAllTraffic/>`))[0]).toContain('role "W" has no endpoint "J"');
});

const calling = { kind: "web", instances: 1, handler: [{ compute: "1s" }, { call: "back", policy: "first", timeout: "5s" }] };
const called = { kind: "worker", instances: 2, service: "1s", internalEndpoints: ["api"] };
const calls = (service: object, more: object = {}, roles: object = {}) =>
  tell({
    service: { roles: { web: calling, back: called, ...roles }, ...service },
    clients: { a: { endpoint: "web", arrivals: { instants: ["10s", "30s", "90s"] } } },
    ...more,
  } as unknown as Plot);

fact("1.49", () => {
  const to = { role: "back", endpoint: "api" };
  expect(calls({}).lines(/ok|refused/)).toEqual(["12 a 1 ok", "32 a 2 ok", "92 a 3 ok"]);
  expect(calls({ trafficRules: [{ to, from: ["web"] }] }).summary.requests.failed).toBe(0);
  const { lines, summary } = calls({ trafficRules: [{ to, from: ["back"] }] });
  expect(lines(/ok|refused/)).toEqual(["11 a 1 refused", "31 a 2 refused", "91 a 3 refused"]);
  expect(summary.requests.failedByAttribution).toMatchObject([{ source: "traffic-rule of web/0", failed: 3 }]);
});

fact("1.50", () => {
  // one that is dead is called all the same
  const dead = { faults: [{ kind: "vm-failure", instance: "back/0", at: "20s", repairAfter: "1min" }] };
  expect(
    calls({}, dead)
      .lines(/back|ok|timeout/)
      .filter((line) => line.includes(" a ")),
  ).toEqual(["11 a 1 to back/0", "12 a 1 ok", "31 a 2 to back/0", "36 a 2 timeout-silent", "91 a 3 to back/0", "92 a 3 ok"]);
  const turns = { ...calling, handler: [{ call: "back", policy: "round-robin" }] };
  expect(calls({}, {}, { web: turns }).lines(/to back/)).toEqual(["10 a 1 to back/0", "30 a 2 to back/1", "90 a 3 to back/0"]);
});

fact("1.51", () => {
  expect(wrong(worker(""), two.replace("2008/10", "2011/10"))).toHaveLength(1);
  expect(wrong(worker(""), cscfg('<Role name="W"><Instances count="1"/></Role>', 'serviceName="T"'))[0]).toContain(
    'the service definition is named "S"; the two names have to be the same',
  );
});

const system = (attributes: string) => cscfg('<Role name="W"><Instances count="1"/></Role>', `serviceName="S" ${attributes}`);

fact("1.52", () => {
  expect(read(worker(""), system("")).service).toMatchObject({ osFamily: "1", osVersion: "*" });
});

fact("1.53", () => {
  for (const family of ["1", "2", "3", "4", "5", "6", "7"]) {
    const configuration = system(`osFamily="${family}" osVersion="WA-GUEST-OS-${family}.1_202001-01"`);
    expect(read(worker(""), configuration).service.osFamily).toBe(family);
  }
  expect(wrong(worker(""), system('osFamily="8"'))[0]).toContain(oneOf(1, 7));
  expect(wrong(worker(""), system('osFamily="4" osVersion="WA-GUEST-OS-5.1_202001-01"'))).toEqual([
    '"osVersion" is "WA-GUEST-OS-5.1_202001-01", a version of family 5, but "osFamily" is 4',
  ]);
  expect(wrong(worker(""), system('osFamily="4" osVersion="latest"'))[0]).toContain('allowed are "*" and versions such as');
});

fact("1.54", () => {
  expect(wrong(worker(""), cscfg(""))[0]).toContain('role "W" is not in the service configuration');
  expect(wrong(worker(""), cscfg('<Role name="W"/>'))).toEqual(['role "W" has no <Instances count="..."/>, which is required']);
  expect(only(worker(""), counted("7"))?.instances).toBe(7);
});

fact("1.55", () => {
  const named = (name: string) => cscfg(`<Role name="W" vmName="${name}"><Instances count="1"/></Role>`);
  expect(wrong(worker(""), named("tencharact"))).toEqual([]);
  expect(wrong(worker(""), named("elevencharac"))).toEqual(['"vmName" is "elevencharac", 12 characters long; at most 10 are allowed']);
});

const inRole = (content: string) => cscfg(`<Role name="W"><Instances count="1"/>${content}</Role>`);

fact("1.56", () => {
  const definition = worker('<ConfigurationSettings><Setting name="A"/></ConfigurationSettings>');
  const values = (name: string) => inRole(`<ConfigurationSettings><Setting name="${name}" value=""/></ConfigurationSettings>`);
  expect(odd(definition, values("A"))).toEqual([]);
  expect(odd(definition, values("B"))).toEqual([
    'setting "A" of role "W" has no value in the service configuration',
    'setting "B" of role "W" is not declared in the service definition',
  ]);
});

fact("1.57", () => {
  const definition = worker('<Certificates><Certificate name="A" storeLocation="LocalMachine" storeName="My"/></Certificates>');
  const thumb = (name: string, more = 'thumbprint="AB" thumbprintAlgorithm="sha1"') =>
    inRole(`<Certificates><Certificate name="${name}" ${more}/></Certificates>`);
  expect(odd(definition, thumb("A"))).toEqual([]);
  expect(odd(definition, thumb("B"))).toEqual([
    'certificate "A" of role "W" has no thumbprint in the service configuration',
    'certificate "B" of role "W" is not declared in the service definition',
  ]);
  expect(wrong(definition, thumb("A", ""))).toEqual(['<Certificate> has no attribute "thumbprint", which is required']);
});

fact("1.58", () => {
  const one = "<NetworkConfiguration/>";
  expect(wrong(worker(""), cscfg(`<Role name="W"><Instances count="1"/></Role>${one}`))).toEqual([]);
  expect(wrong(worker(""), cscfg(`<Role name="W"><Instances count="1"/></Role>${one}${one}`))).toEqual([
    "<ServiceConfiguration> may hold one <NetworkConfiguration> only",
  ]);
});

fact("1.59", () => {
  const control = (rules: string) => networked(`<AccessControls><AccessControl name="A">${rules}</AccessControl></AccessControls>`);
  const permit = '<Rule order="100" action="permit" remoteSubnet="10.0.0.0/8" description="us"/>';
  expect(wrong(worker(""), control(permit))).toEqual([]);
  expect(read(worker(""), control(permit)).service.networkConfiguration?.accessControls).toBe(1);
  expect(wrong(worker(""), control(permit + permit))[0]).toContain('has the order "100"');
  expect(wrong(worker(""), control(permit.replace("permit", "allow")))[0]).toContain('allowed are "permit" and "deny"');
  expect(wrong(worker(""), control(permit.replace("/8", "/33")))[0]).toContain('allowed is a range such as "10.1.0.0/16"');
});

fact("1.60", () => {
  const acl = (role: string, endpoint: string, list: string) =>
    networked(
      `<AccessControls><AccessControl name="A"/></AccessControls><EndpointAcls><EndpointAcl role="${role}" endpoint="${endpoint}" accessControl="${list}"/></EndpointAcls>`,
    );
  const definition = endpoints('<InputEndpoint name="E" protocol="tcp" port="80"/>');
  expect(wrong(definition, acl("W", "E", "A"))).toEqual([]);
  expect(wrong(definition, acl("V", "E", "A"))[0]).toContain('there is no role "V"');
  expect(wrong(definition, acl("W", "F", "A"))[0]).toContain('role "W" has no endpoint "F"');
  expect(wrong(definition, acl("W", "E", "B"))[0]).toContain('there is no access control "B"');
});

fact("1.61", () => {
  const server = (address: string) => networked(`<Dns><DnsServers><DnsServer name="D" IPAddress="${address}"/></DnsServers></Dns>`);
  expect(wrong(worker(""), server("10.0.0.4"))).toEqual([]);
  expect(wrong(worker(""), server("10.0.0.256"))[0]).toContain("allowed is an IPv4 address");
});

fact("1.62", () => {
  const site = '<VirtualNetworkSite name="net"/>';
  const subnet = '<InstanceAddress roleName="W"><Subnets><Subnet name="tier"/></Subnets></InstanceAddress>';
  const reserved = '<ReservedIPs><ReservedIP name="ip"/></ReservedIPs>';
  const all = networked(`${site}<AddressAssignments>${subnet}${reserved}</AddressAssignments>`);
  expect(read(worker(""), all).service.networkConfiguration).toMatchObject({
    virtualNetworkSite: "net",
    instanceAddresses: [{ role: "W", subnets: ["tier"] }],
    reservedIPs: ["ip"],
  });
  expect(wrong(worker(""), networked(site + site))).toEqual(["<NetworkConfiguration> may hold one <VirtualNetworkSite> only"]);
  const twice = reserved.replace("</ReservedIPs>", '<ReservedIP name="other"/></ReservedIPs>');
  expect(wrong(worker(""), networked(`<AddressAssignments>${twice}</AddressAssignments>`))).toEqual([
    "<ReservedIPs> may hold one <ReservedIP> only",
  ]);
});

fact("1.63", () => {
  const balancer = (more: string) =>
    networked(`<LoadBalancers><LoadBalancer name="L"><FrontendIPConfiguration ${more}/></LoadBalancer></LoadBalancers>`);
  expect(wrong(worker(""), balancer('type="private" subnet="tier" staticVirtualNetworkIPAddress="10.0.0.9"'))).toEqual([]);
  expect(wrong(worker(""), balancer('type="public"'))[0]).toContain('allowed is "private"');
  expect(wrong(worker(""), balancer('type="private" staticVirtualNetworkIPAddress="here"'))[0]).toContain("IPv4");
});

const live = { web: { kind: "web", instances: 2, localStorage: { cache: { size: "200MiB" } }, onStop: "10s", roleStart: "20s" } } as const;
const change = (...operations: object[]) =>
  tell({ service: { roles: live }, fabric: { provision: "6min", install: "30s" }, operations, horizon: "1h" } as Plot);
const upgrade = (more: object = {}) => ({ at: "100s", kind: "upgrade", version: "v2", ...more });

fact("1.64", () => {
  expect(change(upgrade({ upgradeDomains: 3 })).lines(/refused/)).toEqual([
    "100 upgrade refused: upgradeDomainCount cannot be changed in place: it is 5, the new definition says 3",
  ]);
  expect(change(upgrade({ upgradeDomains: 5 })).summary.operations[0]?.outcome).toBe("succeeded");
});

fact("1.65", () => {
  expect(() => change(upgrade({ roles: { front: {} } }))).toThrow(/there is no role "front"/);
});

fact("1.66", () => {
  const sized = (size: string) => change(upgrade({ roles: { web: { localStorage: { cache: { size } } } } })).summary.operations[0];
  expect(sized("100MiB")).toMatchObject({
    outcome: "refused",
    reason: "local storage cache of web would shrink: in place it can only grow",
  });
  expect(sized("400MiB")).toMatchObject({ outcome: "succeeded" });
});

fact("1.67", () => {
  const { lines, summary } = change(upgrade({ roles: { web: { size: "Large" } } }));
  expect(lines(/web\/0 (stopping|updating|on|creating|ready)/)).toEqual([
    "100 web/0 stopping",
    "110 web/0 updating",
    "110 web/0 on host 0",
    "110 web/0 creating",
    "490 web/0 ready",
  ]);
  expect(summary.instances[0]?.size).toBe("Large");
});

fact("1.68", () => {
  const { lines, summary } = change(upgrade({ roles: { web: { instances: 3, onStart: "5s" } } }));
  expect(summary.instances).toHaveLength(3);
  expect(lines(/web\/0 (busy|ready)/)).toEqual(["160 web/0 busy", "165 web/0 ready"]);
});

fact("1.69", () => {
  const more = { roles: { web: { endpoints: { web: {}, admin: {} } } } };
  expect(change(upgrade(more)).summary.operations[0]?.outcome).toBe("succeeded");
  const swap = { at: "30min", kind: "swap" };
  expect(change({ at: "100s", kind: "deploy", version: "v2", ...more }, swap).lines(/swap refused/)).toEqual([
    "1800 swap refused: the endpoints of web differ between staging and production",
  ]);
});

fact("1.71", () => {
  expect(change({ at: "100s", kind: "guest-os-update" }).lines(/domain|done/)).toEqual([
    "100 upgrade domain 0 starts",
    "130 upgrade domain 1 starts",
    "160 guest OS update done",
  ]);
});

fact("1.72", () => {
  const told = /Chang|stopping/;
  expect(change({ at: "100s", kind: "configure" }).lines(told)).toEqual(
    [0, 1].flatMap((id) => [`100 web/${id} Changing settings`, `100 web/${id} Changed settings`]),
  );
  expect(change({ at: "100s", kind: "configure", recycle: true }).lines(told)).toEqual([
    "100 web/0 Changing settings",
    "100 web/0 stopping",
    "130 web/1 Changing settings",
    "130 web/1 stopping",
  ]);
});

fact("1.73", () => {
  const { lines } = change({ at: "100s", kind: "scale", role: "web", instances: 4 });
  expect(lines(/web\/[01]/)).toEqual([]);
});

fact("1.74", () => {
  expect(change({ at: "100s", kind: "configure", change: "certificate" }).lines(/Chang|stopping|ready/)).toEqual([
    "100 web/0 stopping",
    "130 web/0 ready",
    "130 web/1 stopping",
    "160 web/1 ready",
  ]);
});

fact("1.75", () => {
  const told = (topologyChangeDiscovery: string) =>
    calls(
      { topologyChangeDiscovery, upgradeDomains: 3 },
      { fabric: { topologyChange: "10s" }, operations: [{ at: "100s", kind: "scale", role: "back", instances: 3 }] },
      { web: { ...calling, instances: 3 } },
    ).lines(/web.*Changed/);
  expect(told("blast")).toEqual([0, 1, 2].map((id) => `110 web/${id} Changed topology`));
  expect(told("upgrade-domain-walk")).toEqual([0, 1, 2].map((id) => `${110 + 10 * id} web/${id} Changed topology`));
});
