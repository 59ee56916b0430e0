import { describe, expect, it } from "vitest";
import { cscfg, csdef, definitionSpace, endpoints, many, messages, probe, rule, sizesAllowed, two, whole, worker } from "./texts.ts";

describe("a service definition with a mistake is refused with what is allowed", () => {
  it.each<[string, string, string]>([
    ["a wrong root", "<Services/>", "1:1: error: the root element is <Services>; it has to be <ServiceDefinition>"],
    [
      "the other file",
      two,
      "1:1: error: the root element is <ServiceConfiguration>; it has to be <ServiceDefinition>; the two files may have been swapped",
    ],
    [
      "another namespace",
      `<ServiceDefinition name="S" xmlns="urn:x"><WorkerRole name="W"/></ServiceDefinition>`,
      `1:29: error: the XML namespace is "urn:x"; it has to be "${definitionSpace}"`,
    ],
    [
      "no role",
      csdef("<NetworkTrafficRules/>"),
      "1:1: error: the service definition has no role; at least one <WebRole> or <WorkerRole> is needed",
    ],
    [
      "a virtual machine role",
      csdef('<WorkerRole name="W"/><VirtualMachineRole name="V"/>'),
      "2:23: error: a <VirtualMachineRole> brings its own disk image and is not simulated; allowed are <WebRole> and <WorkerRole>",
    ],
    [
      "21 upgrade domains",
      csdef('<WorkerRole name="W"/>', ' upgradeDomainCount="21"'),
      `1:107: error: "upgradeDomainCount" of <ServiceDefinition> is "21"; ${whole(1, 20)}`,
    ],
    [
      "a misspelt topology change",
      csdef('<WorkerRole name="W"/>', ' topologyChangeDiscovery="Blas"'),
      '1:107: error: "topologyChangeDiscovery" of <ServiceDefinition> is "Blas"; allowed are "Blast" and "UpgradeDomainWalk"; did you mean "Blast"?',
    ],
    [
      "an unknown size",
      worker("", ' vmsize="Smal"'),
      `2:22: error: the VM size "Smal" is not known; ${sizesAllowed}; did you mean "Small"?`,
    ],
    [
      "a size that is near to none",
      worker("", ' vmsize="Premium_XYZ_99"'),
      `2:22: error: the VM size "Premium_XYZ_99" is not known; ${sizesAllowed}`,
    ],
    [
      "an endpoint without a name",
      endpoints('<InputEndpoint protocol="tcp" port="80"/>'),
      '3:1: error: <InputEndpoint> has no attribute "name", which is required',
    ],
    [
      "an endpoint without a port",
      endpoints('<InputEndpoint name="E" protocol="tcp"/>'),
      '3:1: error: <InputEndpoint> has no attribute "port", which is required',
    ],
    [
      "port 0",
      endpoints('<InputEndpoint name="E" protocol="tcp" port="0"/>'),
      `3:40: error: "port" of <InputEndpoint> is "0"; ${whole(1, 65535)}`,
    ],
    [
      "a port in words",
      endpoints('<InputEndpoint name="E" protocol="tcp" port="http"/>'),
      `3:40: error: "port" of <InputEndpoint> is "http"; ${whole(1, 65535)}`,
    ],
    [
      "a local port too high",
      endpoints('<InputEndpoint name="E" protocol="tcp" port="80" localPort="65536"/>'),
      `3:50: error: "localPort" of <InputEndpoint> is "65536"; ${whole(1, 65535)}`,
    ],
    [
      "a misspelt protocol",
      endpoints('<InputEndpoint name="E" protocol="htp" port="80"/>'),
      '3:25: error: "protocol" of <InputEndpoint> is "htp"; allowed are "http", "https", "tcp" and "udp"; did you mean "http"?',
    ],
    [
      "no protocol",
      endpoints('<InternalEndpoint name="E"/>'),
      '3:1: error: <InternalEndpoint> has no attribute "protocol", which is required',
    ],
    [
      "https without a certificate",
      endpoints('<InputEndpoint name="E" protocol="https" port="443"/>'),
      '3:1: error: an https endpoint needs a "certificate"',
    ],
    [
      "a port twice",
      endpoints('<InputEndpoint name="E" protocol="tcp" port="80"/>\n<InputEndpoint name="F" protocol="http" port="80"/>'),
      '4:41: error: port 80 is already taken by endpoint "E" of role "W"; public ports are unique over all roles',
    ],
    [
      "a port inside a public range",
      endpoints(
        '<InputEndpoint name="E" protocol="tcp" port="85"/>\n<InstanceInputEndpoint name="F" protocol="tcp" localPort="80"><AllocatePublicPortFrom><FixedPortRange min="80" max="90"/></AllocatePublicPortFrom></InstanceInputEndpoint>',
      ),
      '4:24: error: ports 80 to 90 are already taken by endpoint "E" of role "W"; public ports are unique over all roles',
    ],
    [
      "an endpoint name twice",
      endpoints('<InputEndpoint name="E" protocol="tcp" port="80"/>\n<InternalEndpoint name="E" protocol="tcp"/>'),
      '4:19: error: a second endpoint of role "W" is named "E"; the first stands in line 3',
    ],
    [
      "a range from high to low",
      endpoints('<InternalEndpoint name="E" protocol="tcp"><FixedPortRange min="9" max="8"/></InternalEndpoint>'),
      '3:59: error: the port range begins at 9 and ends at 8; "min" may not be above "max"',
    ],
    [
      "no public ports for instances",
      endpoints('<InstanceInputEndpoint name="E" protocol="tcp" localPort="80"/>'),
      "3:1: error: <InstanceInputEndpoint> has no <AllocatePublicPortFrom> with the public ports of its instances",
    ],
    [
      "fewer public ports than instances",
      endpoints(
        '<InstanceInputEndpoint name="E" protocol="tcp" localPort="80"><AllocatePublicPortFrom><FixedPort port="9"/></AllocatePublicPortFrom></InstanceInputEndpoint>',
      ),
      '3:24: error: endpoint "E" has 1 public port, but role "W" has 2 instances, and each takes one',
    ],
    [
      "an unknown probe",
      endpoints('<InputEndpoint name="E" protocol="tcp" port="80" loadBalancerProbe="P"/>'),
      '3:50: error: there is no load balancer probe "P"; there are none',
    ],
    [
      "a probe too often",
      probe('protocol="tcp" intervalInSeconds="4"'),
      `3:44: error: "intervalInSeconds" of <LoadBalancerProbe> is "4"; ${whole(5, 86400)}`,
    ],
    [
      "a probe too impatient",
      probe('protocol="tcp" timeoutInSeconds="10"'),
      `3:44: error: "timeoutInSeconds" of <LoadBalancerProbe> is "10"; ${whole(11, 86400)}`,
    ],
    ["an http probe without a path", probe('protocol="http"'), '3:1: error: an http probe needs a "path", such as "/healthz"'],
    [
      "a tcp probe with a path",
      probe('protocol="tcp" path="/"'),
      '3:44: error: a tcp probe may not have a "path"; only an http probe asks for one',
    ],
    [
      "an unknown probe protocol",
      probe('protocol="udp"'),
      '3:29: error: "protocol" of <LoadBalancerProbe> is "udp"; allowed are "http" and "tcp"',
    ],
    ["a task without a command", worker('<Startup>\n<Task commandLine=""/></Startup>'), '3:7: error: "commandLine" of <Task> is empty'],
    [
      "an unknown task type",
      worker('<Startup>\n<Task commandLine="a" taskType="simpel"/></Startup>'),
      '3:23: error: "taskType" of <Task> is "simpel"; allowed are "simple", "foreground" and "background"; did you mean "simple"?',
    ],
    [
      "an unknown execution context",
      worker('<Startup>\n<Task commandLine="a" executionContext="admin"/></Startup>'),
      '3:23: error: "executionContext" of <Task> is "admin"; allowed are "limited" and "elevated"',
    ],
    ["two <Startup>", worker("<Startup/>\n<Startup/>"), "3:1: error: <WorkerRole> may hold one <Startup> only"],
    [
      "no local storage",
      worker('<LocalResources>\n<LocalStorage name="L" sizeInMB="0"/></LocalResources>'),
      `3:24: error: "sizeInMB" of <LocalStorage> is "0"; ${whole(1, 10_000_000)}`,
    ],
    [
      "a boolean in other words",
      worker('<LocalResources>\n<LocalStorage name="L" cleanOnRoleRecycle="yes"/></LocalResources>'),
      '3:24: error: "cleanOnRoleRecycle" of <LocalStorage> is "yes"; allowed are "true", "false", "1" and "0"',
    ],
    [
      "a rule for an unknown role",
      rule('<Destinations>\n<RoleEndpoint roleName="Wx" endpointName="E"/></Destinations><AllowAllTraffic/>'),
      '4:1: error: there is no role "Wx"; allowed is "W"',
    ],
    [
      "a rule for an unknown endpoint",
      rule('<Destinations>\n<RoleEndpoint roleName="W" endpointName="E"/></Destinations><AllowAllTraffic/>'),
      '4:1: error: role "W" has no endpoint "E"; there are none',
    ],
    [
      "a rule without destinations",
      rule("<AllowAllTraffic/>"),
      "3:1: error: <OnlyAllowTrafficTo> names no <RoleEndpoint> among its <Destinations>",
    ],
  ])("%s", (_, definition, message) => {
    expect(messages(definition, two)).toEqual([`a.csdef:${message}`]);
  });

  it("of more than 25 roles or 25 endpoints of a kind is refused", () => {
    const roles = csdef(many(26, (index) => `<WorkerRole name="W${index}"/>`));
    const counts = cscfg(many(26, (index) => `<Role name="W${index}"><Instances count="1"/></Role>`));
    expect(messages(roles, counts)).toEqual(["a.csdef:27:13: error: the service has 26 roles; at most 25 are allowed"]);
    const inputs = endpoints(many(26, (index) => `<InputEndpoint name="E${index}" protocol="tcp" port="${index}"/>`));
    expect(messages(inputs, two)).toEqual(["a.csdef:28:16: error: the service has 26 input endpoints; at most 25 are allowed"]);
  });

  it("of exactly 25 roles and 25 input endpoints is imported", () => {
    const endpoint = (index: number) => `<Endpoints><InputEndpoint name="E" protocol="tcp" port="${index}"/></Endpoints>`;
    const roles = csdef(many(25, (index) => `<WorkerRole name="W${index}">${endpoint(index)}</WorkerRole>`));
    const counts = cscfg(many(25, (index) => `<Role name="W${index}"><Instances count="1"/></Role>`));
    expect(messages(roles, counts)).toEqual([]);
  });
});
