export { baseWorld, makeToken, makeUser } from './base-world.js';
export { isZammadSetting } from './installation.js';
export { ZammadSystem } from './system.js';
export type { ZammadWorld } from './world.js';
