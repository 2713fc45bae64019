/** A log-in link that is shown once, and whom it is for. */
export type OneTimeLink = { readonly url: string; readonly expiresAt: string; readonly name: string };
