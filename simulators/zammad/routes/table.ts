import { articleRoutes } from './articles.js';
import { organizationRoutes } from './organizations.js';
import { peopleRoutes } from './people.js';
import { reportRoutes } from './reports.js';
import { settingRoutes } from './settings.js';
import { structureRoutes } from './structure.js';
import { ticketSearchRoutes } from './ticket-search.js';
import { ticketRoutes } from './tickets.js';
import { timeAccountingRoutes } from './time-accountings.js';
import { triggerRoutes } from './triggers.js';
import { typeRoutes } from './types.js';
import type { RouteTable } from './visit.js';
import { webhookRoutes } from './webhooks.js';

/** Routes that every simulated version has. */
export const routesOfAllVersions: RouteTable = [
  ...ticketSearchRoutes,
  ...ticketRoutes,
  ...articleRoutes,
  ...peopleRoutes,
  ...organizationRoutes,
  ...structureRoutes,
  ...settingRoutes,
  ...reportRoutes,
  ...webhookRoutes,
  ...triggerRoutes,
];

/** Routes that came with 6.1: before it, only the monthly log knew about time. */
export const routesSince601: RouteTable = [...timeAccountingRoutes, ...typeRoutes];
