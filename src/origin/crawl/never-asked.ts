/** Addresses that a snapshot never asks for: those of the staff, and those where asking changes something. */
import { partsOf, type OriginAddress } from "../client/protected-site.ts";

/**
 * Segments after which something happens, or which are somebody's own: signing out, carts, scheduled work, remote calls. WordPress,
 * Drupal, Joomla, TYPO3, SPIP, WooCommerce, PrestaShop, as their own robots.txt exclude them.
 */
const segments =
  /^(log-?out|log_out|sign-?out|deconnexion|log-?in|sign-?in|wp-login\.php|wp-cron\.php|wp-comments-post\.php|wp-trackback\.php|wp-signup\.php|wp-activate\.php|wp-mail\.php|xmlrpc\.php|wp-admin|wp-json|administrator|typo3|ecrire|trackback|cart|checkout|panier|commande|my-account|mon-compte|add-to-cart|delete|unsubscribe|vote|_kasbah|cgi-bin)$/i;

/** Parameters that make something happen, that sign a visit, or that make one page into many. */
const parameters =
  /^(replytocom|add-to-cart|add_to_cart|remove_item|undo_item|removed_item|doing_wp_cron|_?wpnonce|_wp_http_referer|action|do|task|logout|log_out|loggedout|preview|preview_id|preview_nonce|customize_changeset_uuid|share|like_comment|unapproved|moderation-hash|token|nonce|csrf|form_token|sid|phpsessid|jsessionid|session_?id|rest_route|destination|utm_\w+|fbclid|gclid|redirect_to|return(_?url|to)?)$/i;

/** Why it is not asked for; undefined: it may be. `adminPaths`: as settings name them. */
export function objectionTo(address: OriginAddress, adminPaths: readonly string[]): string | undefined {
  const { path, query = "" } = partsOf(address);
  if (adminPaths.some((admin) => isBelow(path, admin))) return "belongs to the staff";
  if (path.split("/").some((segment) => segments.test(segment))) return "may change something";
  const names = query.split("&").map((parameter) => parameter.replace(/=.*$/s, ""));
  return names.some((name) => parameters.test(name)) ? "may change something" : undefined;
}

/** `/wp-admin` and what lies below it, not `/wp-administration`. */
function isBelow(path: string, admin: string): boolean {
  return path === admin || path.startsWith(admin.endsWith("/") ? admin : `${admin}/`);
}
