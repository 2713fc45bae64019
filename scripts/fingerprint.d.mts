export type Part = 'server' | 'workflows' | 'web';
export const root: string;
export function fingerprint(part: Part): string;
export function staleParts(): Part[];
export function note(part: Part, print: string): void;
