import { articleRoutes } from './articles.js';
import { peopleRoutes } from './people.js';
import { reportRoutes } from './reports.js';
import { settingRoutes } from './settings.js';
import { structureRoutes } from './structure.js';
import { ticketSearchRoutes } from './ticket-search.js';
import { ticketRoutes } from './tickets.js';
import { timeAccountingRoutes } from './time-accountings.js';
import { typeRoutes } from './types.js';
import type { RouteTable } from './visit.js';

/** Routes that every simulated version has. */
export const routesOfAllVersions: RouteTable = [
  ...ticketSearchRoutes,
  ...ticketRoutes,
  ...articleRoutes,
  ...peopleRoutes,
  ...structureRoutes,
  ...settingRoutes,
  ...reportRoutes,
];

/** Routes that came with 6.1: before it, only the monthly log knew about time. */
export const routesSince601: RouteTable = [...timeAccountingRoutes, ...typeRoutes];
