import { randomBytes } from 'node:crypto';

import { versionNumber, type ZammadWorld } from './world.js';

type Failure = {
  readonly status: 401 | 403 | 404 | 422 | 500;
  readonly text: string;
  /** Texts of database and unexpected errors are shown to full admins only. */
  readonly masked?: boolean;
  /** Validation failures never carry the extra keys of 7.0. */
  readonly validation?: boolean;
  readonly invalid?: { readonly attribute: string; readonly message: string };
};

/** An answer other than success, thrown anywhere below a route and rendered once. */
export class ZammadFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.text);
    this.name = 'ZammadFailure';
    this.failure = failure;
  }
}

export const unauthenticated = (text: string): ZammadFailure => new ZammadFailure({ status: 401, text });
export const forbidden = (text = 'Not authorized'): ZammadFailure => new ZammadFailure({ status: 403, text });
export const noRoute = (world: ZammadWorld, method: string, path: string): ZammadFailure =>
  new ZammadFailure({
    status: 404,
    text: versionNumber(world) < 600 ? `No route matches [${method}] ${path}` : "This page doesn't exist.",
  });
/** A model validation: `text` is the first full message. */
export const invalid = (text: string): ZammadFailure =>
  new ZammadFailure({ status: 422, text, validation: true });
/** A refusal of the controller itself, such as an unknown reference: shown to everybody. */
export const unprocessable = (text: string, attribute?: string): ZammadFailure =>
  new ZammadFailure({
    status: 422,
    text,
    ...(attribute === undefined ? {} : { invalid: { attribute, message: text } }),
  });
/** A statement that the database refused. */
export const databaseError = (text: string): ZammadFailure =>
  new ZammadFailure({ status: 422, text, masked: true });
/** An exception nobody expected. */
export const serverError = (text: string): ZammadFailure =>
  new ZammadFailure({ status: 500, text, masked: true });

/** `Couldn't find Ticket with 'id'=9`; Rails 8 (7.0) quotes the id. */
export function missingText(world: ZammadWorld, model: string, id: number | string): string {
  return `Couldn't find ${model} with 'id'=${versionNumber(world) >= 700 ? `"${id}"` : id}`;
}

export const notFound = (world: ZammadWorld, model: string, id: number | string): ZammadFailure =>
  new ZammadFailure({ status: 404, text: missingText(world, model, id) });

function maskedText(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const id = [...randomBytes(8)].map((byte) => letters[byte % letters.length] ?? 'a').join('');
  return `Error ID ${id}: Please contact your administrator.`;
}

/** Body and headers of a failure as the caller may see them. */
export function renderFailure(
  world: ZammadWorld,
  failure: Failure,
  isFullAdmin: boolean,
): { readonly body: Record<string, unknown>; readonly headers: Record<string, string> } {
  const hidden = failure.masked === true && !isFullAdmin;
  const text = hidden ? maskedText() : failure.text;
  const body: Record<string, unknown> = hidden ? { error: text } : { error: text, error_human: text };
  if (versionNumber(world) >= 700 && failure.status === 422 && failure.validation !== true) {
    body['unprocessable_entity'] = null;
    if (failure.invalid) body['invalid_attribute'] = { [failure.invalid.attribute]: failure.invalid.message };
  }
  const shown = failure.status === 401 || failure.status === 403;
  return { body, headers: shown ? { 'X-Failure': text } : {} };
}
