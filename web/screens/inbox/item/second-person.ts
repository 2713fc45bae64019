import { isSeconded } from '../../../../domain/second-person';
import type { ConflictDetail } from '../../../data/conflicts';
import type { Verdict } from '../../../data/use-decide';

/** Whether this verdict of the person is only the first of two: nobody else has proposed the same. */
export const isFirstOfTwo = (
  needed: ConflictDetail['secondPerson'],
  userId: string | null,
  verdict: Pick<Verdict, 'choice' | 'parameters'>,
): boolean => needed !== null && !isSeconded(needed.proposals, userId, verdict);
