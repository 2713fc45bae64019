import type { Resealed } from '../activities/contract.js';
import { resealTokens as reseal } from './activities.js';

/** After a new key was put in front of the others: only the worker can open the tokens that it has to seal anew. */
export async function resealTokens(): Promise<Resealed> {
  return reseal();
}
