export { baseWorld, makeToken, makeUser, STATE } from './base-world.js';
export { ZammadSystem, type ZammadOptions } from './system.js';
export type { ZammadWorld } from './world.js';
