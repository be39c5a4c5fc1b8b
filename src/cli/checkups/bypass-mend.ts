/** What an operator does so that a protected site answers Kasbah alone: any one of these is enough. */
import type { Door } from "../../origin/bypass/knock.ts";

export interface Closing {
  readonly door: Door;
  /** This machine's address, as the origin sees it; empty where nobody knows. */
  readonly from: string;
  /** The field with the secret. */
  readonly header: string;
}

/** Lines; the first says what for. */
export function bypassMend({ door, from, header }: Closing): string {
  const variable = header.replaceAll("-", "_");
  return [
    "let it answer Kasbah alone, by any one of these:",
    ...firewall(door, from),
    'a secret: set origin.secret in kasbah.toml to what `openssl rand -hex 16` prints, and on the origin, with that for "…",',
    `  nginx, in its server { }:   if ($http_${variable} != "…") { return 403; }`,
    `  Apache, in the site's .htaccess:   Require expr "%{HTTP:${header}} == '…'"`,
    `  WordPress, first in wp-config.php:   if (PHP_SAPI !== 'cli' && ($_SERVER['HTTP_${variable.toUpperCase()}'] ?? '') !== '…') { http_response_code(403); exit; }`,
    "certificates on both sides: origin.tls_certificate and origin.tls_key here, and in nginx there `ssl_verify_client on;` with that certificate as `ssl_client_certificate`",
  ].join("\n");
}

/** In a table of its own, so that it neither meets nor loses other rules. Of use where Kasbah's address stays the same. */
function firewall({ port }: Door, from: string): string[] {
  if (from === "") return [];
  const source = from.includes(":") ? "ip6 saddr" : "ip saddr";
  const isLocal = `iif != "lo" tcp dport ${port}`;
  const other = from.includes(":") ? "meta nfproto ipv4" : "meta nfproto ipv6";
  return [
    "a firewall on the origin's machine (lost at its next start unless it is saved):",
    `  nft 'add table inet kasbah_origin; add chain inet kasbah_origin in { type filter hook input priority -10; }; add rule inet kasbah_origin in ${isLocal} ${source} != ${from} drop; add rule inet kasbah_origin in ${isLocal} ${other} drop'`,
  ];
}
