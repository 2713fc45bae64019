import type { CheckFinding } from './port.js';

export const finding = (
  level: CheckFinding['level'],
  code: string,
  facts: CheckFinding['facts'],
): CheckFinding => ({ level, code, facts });
