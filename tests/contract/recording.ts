import { readFileSync } from 'node:fs';
import * as yup from 'yup';

const record = yup.mixed<Record<string, unknown>>((value): value is Record<string, unknown> => {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
});
const anything = yup.mixed<NonNullable<unknown>>();

const step = yup.object({
  name: yup.string().required(),
  as: yup.string().required(),
  request: yup
    .object({ method: yup.string().required(), path: yup.string().required(), body: anything })
    .required(),
  /** Values to keep for later steps: name to field of the answer. */
  save: record,
  /** The fields of the answer that were recorded; all of them when not given. */
  pick: yup.array(yup.string().required()),
  response: yup
    .object({
      status: yup.number().required(),
      headers: record.required(),
      body: anything.defined().nullable(),
    })
    .required(),
});

const recording = yup.object({
  title: yup.string().required(),
  world: yup.object({ userIds: record.required(), settings: record, recordedOn: yup.string() }).required(),
  steps: yup.array(step.required()).required().min(1),
});

/** One recorded call with its answer. */
export type Step = yup.InferType<typeof step>;
/** A sequence of recorded calls against one world. */
export type Recording = yup.InferType<typeof recording>;

/** Reads a recording that lies beside this file. */
export function readRecording(file: string): Recording {
  const value: unknown = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
  return recording.validateSync(value, { strict: true });
}

/** Values saved under way: `{x.y}` stands for one of them. */
export type Saved = Map<string, unknown>;

/** Puts saved values in: a text that is only `{x.y}` becomes the value itself, inside other text its digits. */
export function fill(value: unknown, saved: Saved): unknown {
  if (typeof value === 'string') return fillText(value, saved);
  if (Array.isArray(value)) return value.map((one) => fill(one, saved));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one, saved)]));
}

function fillText(text: string, saved: Saved): unknown {
  const whole = /^\{([a-z]+\.[a-z]+)\}$/.exec(text)?.[1];
  if (whole !== undefined) return savedValue(whole, saved);
  return text.replace(/\{([a-z]+\.[a-z]+)\}/g, (_, name: string) => String(savedValue(name, saved)));
}

function savedValue(name: string, saved: Saved): unknown {
  if (!saved.has(name)) throw new Error(`No earlier step saved {${name}}.`);
  return saved.get(name);
}

/** What of an answer was recorded: the picked fields of an object, or of each object of a list. */
export function picked(body: unknown, pick: readonly string[] | undefined): unknown {
  if (pick === undefined) return body;
  if (Array.isArray(body)) return body.map((one) => picked(one, pick));
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).filter(([key]) => pick.includes(key)));
}
