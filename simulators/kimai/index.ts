export { newActivity, newCustomer, newProject, newTimesheet, newUser } from './rows.js';
export { createKimai } from './server.js';
export type { KimaiProject, KimaiTimesheet, KimaiUser, KimaiWorld } from './world.js';
export { kimaiWorld } from './world.js';
export { contractWorld, emptyWorld } from './worlds.js';
