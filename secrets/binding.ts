/** What a token belongs to. Opened under anything else it does not open: a changed URL drops it. */
export type TokenBinding = { readonly connectorId: string; readonly baseUrl: string };

/** JSON keeps the two apart whatever characters are in them. */
export const bindingBytes = ({ connectorId, baseUrl }: TokenBinding): Uint8Array =>
  new TextEncoder().encode(JSON.stringify([connectorId, baseUrl]));
