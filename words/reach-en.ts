import type { FactReader } from './fact-reader.js';
import type { Reach } from './reach-de.js';

const said = (f: FactReader) => (f.has('message') ? ` Technical message: ${f.quoted('message')}` : '');

/** What keeps a system from answering, in English. */
export const ENGLISH_REACH: Reach = {
  check_credentials_rejected: (f) =>
    `${f.text('system')} does not accept the API token. It was copied wrongly, has expired or was deleted, or its user is disabled. Make a new one and enter it here.`,
  check_permission_missing: (f) =>
    `The API token for ${f.text('system')} lacks the permission ${f.quoted('permission')}. Give it to the role of its user and test again.`,
  check_contract_broken: (f) =>
    `${f.text('system')} answers differently than expected. Does the address really lead there?${said(f)}`,
  check_rate_limited: (f) => `${f.text('system')} asks for a break. Test again in a few minutes.`,
  check_unavailable: (f) =>
    `${f.text('system')} does not answer as usual at the moment: maintenance mode, or access by API token is switched off (in Zammad under "Admin > API").`,
  check_destination_refused: (f) =>
    `Timebridge does not call the address of ${f.text('system')}. Please check it.${said(f)}`,
  check_outcome_unknown: (f) => `${f.text('system')} did not answer. Test again.`,
  check_setting_changed: (f) => `A setting in ${f.text('system')} is no longer the confirmed one.`,
  check_record_refused: (f) => `${f.text('system')} did not accept the request.${said(f)}`,
  reach_dns: (f) =>
    `The name ${f.quoted('host')} is not known where Timebridge runs. Check the spelling, and the DNS server of this machine.`,
  reach_refused: (f) =>
    `Nothing accepts connections at ${f.quoted('host')}. Is ${f.text('system')} running, and is the port right?`,
  reach_unreachable: (f) =>
    `There is no route from here to ${f.quoted('host')}. Check network, VPN and firewall.`,
  reach_connect_timeout: (f) =>
    `${f.quoted('host')} accepts no connection within five seconds. Mostly a firewall holds it back.`,
  reach_no_answer: (f) =>
    `${f.quoted('host')} accepted the connection and did not answer. The system is overloaded, or a proxy in front of it gave up.`,
  reach_proxy_refused: (f) =>
    `The proxy in front of ${f.quoted('host')} does not open the way. Check the proxy setting of this connection and what the proxy allows.`,
  reach_server_error: (f) =>
    `${f.quoted('host')} answers with the error ${f.text('status')}. ${f.text('system')} is out of order or being maintained; test again later.`,
  reach_redirect: (f) =>
    `${f.quoted('host')} redirects to ${f.quoted('place')}. Timebridge follows no redirects, so that the API token goes to no other address. Enter the address it leads to.`,
  reach_not_json: (f) =>
    `Something other than ${f.text('system')} answers at ${f.quoted('host')}: often the log-in page of a proxy, or the address is not that of the application.`,
  reach_forbidden_address: (f) =>
    `${f.quoted('host')} leads to an address that Timebridge never calls (this machine itself, link-local or a metadata service). For a system on this machine set TIMEBRIDGE_ALLOW_LOOPBACK=true.`,
  reach_tls_self_signed: (f) =>
    `The certificate of ${f.quoted('host')} is self-signed. Enter it (or that of your own certificate authority) with this connection under "Own certificate authority".`,
  reach_tls_unknown_authority: (f) =>
    `The certificate of ${f.quoted('host')} comes from a certificate authority that is not known here, or the server does not send the intermediate certificates. Enter the authority with this connection, or complete the chain on the server.`,
  reach_tls_expired: (f) => `The certificate of ${f.quoted('host')} has expired. Renew it there.`,
  reach_tls_not_yet_valid: (f) =>
    `The certificate of ${f.quoted('host')} is not valid yet. Are the clocks of both machines right?`,
  reach_tls_wrong_host: (f) =>
    `The certificate is not valid for ${f.quoted('host')}. Enter the address with the name it was issued for.`,
  reach_tls_not_spoken: (f) =>
    `${f.quoted('host')} does not speak TLS. Does the address begin with https:// although the port is not encrypted? Then write http://, or better give the server a certificate.`,
  reach_tls_other: (f) => `The encrypted connection to ${f.quoted('host')} fails.${said(f)}`,
};
