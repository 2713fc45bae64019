import { request } from 'undici';
import * as yup from 'yup';
import { startProgram } from '../../tests/kit/program.js';
import type { BooksSize } from './books.js';

/** Where the simulators of the bench tell what they were asked; never logged, never delayed. */
export const TALLY = '/__bench/calls';

/** How slow the two systems are, in ms: each write to Kimai, each call to Zammad. Measured on live ones: 40 and 25. */
export type Latency = { readonly kimaiWriteMs: number; readonly zammadReadMs: number };
export const NO_LATENCY: Latency = { kimaiWriteMs: 0, zammadReadMs: 0 };
export const LIVE_LATENCY: Latency = { kimaiWriteMs: 40, zammadReadMs: 25 };

const counts = () => yup.mixed<Readonly<Record<string, number>>>({ type: 'object' }).required();
const Tally = yup.object({ zammad: counts(), kimai: counts() }).required();
/** Calls to each side by method and route, numbers in a path as `:id`. */
export type Tally = yup.InferType<typeof Tally>;

export type Systems = {
  readonly pid: number;
  readonly zammadUrl: string;
  readonly kimaiUrl: string;
  /** What was called since it was last cleared. */
  tally(): Promise<Tally>;
  clearTally(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts both simulators with these books, in a process of their own as in an installation. */
export async function startSystems(size: BooksSize, latency: Latency = NO_LATENCY): Promise<Systems> {
  const { kimaiWriteMs, zammadReadMs } = latency;
  const program = startProgram([
    'bench/stage/systems-main.ts',
    ...[size.entries, size.kimai, kimaiWriteMs, zammadReadMs].map(String),
  ]);
  const line = await program.line(/^systems ready/);
  const [, , zammadUrl = '', kimaiUrl = ''] = line.split(' ');
  const ask = async (method: 'GET' | 'DELETE'): Promise<Tally> => {
    const { body } = await request(`${zammadUrl}${TALLY}`, { method });
    return Tally.validate(await body.json());
  };
  return {
    ...{ pid: program.pid, zammadUrl, kimaiUrl },
    tally: () => ask('GET'),
    clearTally: async () => void (await ask('DELETE')),
    stop: async () => {
      program.child.kill('SIGTERM');
      await program.ended;
    },
  };
}

/** All calls to one side. */
export const total = (calls: Readonly<Record<string, number>>): number =>
  Object.values(calls).reduce((sum, count) => sum + count, 0);
