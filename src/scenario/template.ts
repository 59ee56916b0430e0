/** What `nines init` writes: a scenario that runs as it is, with the keys that people change first explained. */
export const scenarioTemplate = `# yaml-language-server: $schema=./schema.json
# $schema: ./schema.json
# For completion in your editor:  nines schema > schema.json
# What a key means:               nines explain clients.timeout

name: my-service
summary: A web role with a worker behind a queue; a server dies and a version is deployed.
# How long is simulated: us ms s min h d y, combinable as 1d12h
horizon: 1h
# Defaults: azure (measured rates and times), classic-2011, or ideal (nothing takes time)
preset: azure

datacenter:
  # A fault domain is a rack: one power feed, one switch
  faultDomains: 2
  hostsPerFaultDomain: 8

service:
  # Groups of instances that are upgraded one after another
  upgradeDomains: 5
  # Or from your own files:  definition: ServiceDefinition.csdef  and  configuration: ServiceConfiguration.Cloud.cscfg
  roles:
    web:
      kind: web
      size: Small
      instances: 3
      # Requests served at once by one instance, and how many may wait
      concurrency: 8
      queueLimit: 200
      # One request: work at 100 ACU (mean, coefficient of variation), then a message for the worker
      handler:
        - { compute: "lognormal(80ms, 1.2)" }
        - { enqueue: orders }
    worker:
      kind: worker
      size: Small
      instances: 2
      queue: orders
      service: lognormal(50ms, 1)

queues:
  orders: { visibilityTimeout: 30s }

clients:
  browsers:
    endpoint: web
    arrivals: poisson(40/s)
    timeout: 10s

# What fails. At an instant, or again and again (every: exponential(30d)); or the preset's rates:  faults: default
faults:
  - { at: 10min, kind: host-failure, host: hostOf(web/0), repairAfter: 2h }

# What people do
operations:
  - { at: 40min, kind: upgrade, version: v2 }

# What must hold: the exit code is 99 when it does not
expect:
  - availability.request >= 99%
  - latency.p99 <= 1s
`;
