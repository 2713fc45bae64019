export { newActivity, newCustomer, newProject, newTimesheet, newUser } from './rows.js';
export { createKimai, type KimaiOptions } from './server.js';
export type {
  KimaiActivity,
  KimaiCustomer,
  KimaiEntity,
  KimaiProject,
  KimaiRows,
  KimaiTable,
  KimaiTag,
  KimaiTeam,
  KimaiTimesheet,
  KimaiToken,
  KimaiUser,
  KimaiWorld,
} from './world.js';
export { isKimaiWorld, kimaiWorld } from './world.js';
export { contractWorld, emptyWorld } from './worlds.js';
