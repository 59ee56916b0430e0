/** Where default values come from: the keys that `presets.ts` uses, and what they stand for. */
export const sources = {
  semantics: "The rules of this simulator, as the documentation leaves the value open",
  judgement: "No published number found: engineering judgement, change it freely",
  ideal: "By definition of the preset: nothing takes time unless the scenario says so",
  calibrated: "Chosen so that the sum of the steps gives the measured total named beside it",
  "schema-csdef-file": "Microsoft Docs, Azure Cloud Services definition schema (.csdef)",
  "schema-csdef-webrole": "Microsoft Docs, Azure Cloud Services definition WebRole schema",
  "schema-csdef-loadbalancerprobe": "Microsoft Docs, Azure Cloud Services definition LoadBalancerProbe schema: 15 s, 31 s by default",
  "schema-cscfg": "Microsoft Docs, Azure Cloud Services configuration schema (.cscfg): osVersion *",
  "os-upgrades":
    "Microsoft Docs, Role instance restarts due to OS upgrades: host OS, guest OS and guest agent monthly, one upgrade domain at a time, hours apart",
  "guestos-retirement": "Microsoft Docs, Supportability and retirement policy guide for Azure Guest OS: disabled 60 days after release",
  mast: "Microsoft MAST blog, IaaS Host OS Update Demystified (2013): 15 to 20 min a host",
  "workflow-process": "Microsoft Docs, Workflow of the Windows Azure classic VM architecture: 10 min of guest heartbeats",
  "startup-tasks": "Microsoft Docs, How to configure and run startup tasks for an Azure Cloud Service: they run again at every recycle",
  "update-azure-service":
    "Microsoft Docs, How to update a cloud service: 5 upgrade domains, at most 20; 30 min start time-out (formerly 15 min)",
  "availability-faq":
    "Microsoft Docs, Application and service availability FAQ for Cloud Services: application pools stop when idle, recycle every 1,740 min",
  iis: "Microsoft Docs, IIS configuration reference, processModel: idleTimeout 20 min",
  onstop: "Microsoft Docs, RoleEntryPoint.OnStop: 5 minutes",
  "idle-timeout": "Azure blog, New configurable idle timeout for Azure Load Balancer: 4 min, 4 to 30",
  "lb-probe": "Microsoft Docs, Load Balancer health probes: what evicts, what readmits, and all probes down by SKU",
  "queue-targets": "Microsoft Docs, Scalability and performance targets for Queue Storage: 2,000 messages a second",
  "queue-api": "Microsoft Docs, Queue service REST API, Get Messages: visibility time-out 30 s",
  "aws-jitter": "M. Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015: full jitter does least work",
  finagle: "Finagle documentation, RetryBudget: 20 % of requests and 10 a second",
  hystrix: "Netflix Hystrix, Configuration: 50 % of at least 20 requests in 10 s open the circuit for 5 s, then one request tries",
  "queue-put": "Microsoft Docs, Queue service REST API, Put Message: messages live for 7 days unless told otherwise, at most 64 KiB",
  "queues-compared":
    "Microsoft Docs, Storage queues and Service Bus queues - compared and contrasted: at least once, leases, limits, dead letters",
  "service-bus-api":
    "Microsoft Docs, Service Bus REST and management API: lock of 60 s, at most 5 min; 10 deliveries; 1 to 5 GB, 80 partitioned",
  "service-bus-throttling": "Microsoft Docs, Service Bus throttling: 1,000 credits a second in a namespace of the standard tier (recalled)",
  was: "B. Calder et al., Windows Azure Storage, SOSP 2011: partitions are reassigned in seconds to tens of seconds (recalled)",
  "sql-transient": "Microsoft Docs, transient errors of SQL Database: reconfigurations end within 30 to 60 s as a rule (recalled)",
  httpclient: "Microsoft Docs, HttpClient.Timeout: 100 s",
  sla: "Azure Cloud Services SLA: 99.95 % with two or more instances; two fault domains; 99.9 % of dead processes noticed within 2 min",
  swap: "Microsoft Docs, Swap deployments in Azure Cloud Services: seconds, ten or more at times",
  russ: "M. Russinovich, Inside Windows Azure, talks 2010-2012 (recalled)",
  kwill:
    "K. Williamson (Microsoft), Heartbeats, Recovery and the Load Balancer (2013) and Role Instance Restarts Due to OS Upgrades (2013-14)",
  healing: "Microsoft, service healing: instances of a failed server are usually back within 15 min",
  mao2012:
    "M. Mao, M. Humphrey, A Performance Study on the VM Startup Time in the Cloud, CLOUD 2012: web role 374.8 s, worker role 406.2 s",
  hill2010: "Z. Hill et al., Early Observations on the Performance of Windows Azure, HPDC 2010: 10 min to start a VM",
  vishwanath2010:
    "K. Vishwanath, N. Nagappan, Characterizing Cloud Computing Hardware Reliability, SoCC 2010: 8 % of servers have a hardware incident a year",
  dean2008: "J. Dean, first year of a new cluster, Google I/O 2008: about 1,000 machine failures and 20 rack failures in 1,800 servers",
  dean2009: "J. Dean, LADIS 2009 keynote: rack failures of 1 to 6 h (recalled)",
  ford2010: "D. Ford et al., Availability in Globally Distributed Storage Systems, OSDI 2010: rack MTTF 10.2 years",
  liu2019: "H. Liu et al., What bugs cause production cloud incidents?, HotOS 2019: software bugs are 40 % of incidents",
  autoscale:
    "Microsoft Docs, Understand autoscale settings, and How to scale a cloud service: a job every 30 to 60 s, windows of 10 min, grains of 1 min, cool-down of 5 min",
  monitoring: "Microsoft Docs, How to monitor a cloud service: basic metrics every 3 min",
  "prices-2010":
    "Windows Azure platform prices, 2010-2011 (D. Makogon, The true cost of web and worker roles, 2010; SQL Azure Development Accelerator offer, 2011)",
  "prices-2022":
    "Azure prices of Windows virtual machines, East US, pay as you go, as a public copy of the list had them in 2022; cloud services bill the virtual machines below them",
  "billing-2010":
    "Windows Azure billing, 2010-2013: every clock hour that a deployed instance touches is charged, stopped or not, in either slot",
  "billing-2013": "S. Guthrie, TechEd 2013: charged by the minute and no longer by the hour",
  "iaas-updates": "M. Russinovich, Windows Azure Host Updates: Why, When, and How: only instances of roles have guest agents",
  "vm-reboots": "Microsoft Docs, Understand a system reboot for Azure VM: OS and data disks are kept, the temporary disk may be lost",
  "vm-maintenance": "Microsoft Docs, Maintenance for virtual machines in Azure: nine in ten updates keep memory, pauses of less than 10 s",
  "health-check": "Microsoft Docs, Monitor App Service instances using Health check: 10 failures, replaced after 1 h, 1 an hour, 3 a day",
  "vm-sla": "SLA for Virtual Machines, version history: 99.95 % of an availability set, 99.9 % of one machine with premium disks",
  "app-service-sla": "SLA for App Service: 99.95 %, nothing for free and shared plans",
  "app-service-prices": "Prices of App Service Standard plans, about 2022 (recalled): S1 to S3 at 0.10, 0.20, 0.40 USD an hour",
} as const;

/** A key of `sources`. */
export type SourceKey = keyof typeof sources;
