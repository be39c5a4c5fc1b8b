/**
 * What the studio tells the edge before it, in the head of an answer, and the edge keeps to itself: whether whoever asked is signed in once it has
 * been given. Where it can't know, it says nothing.
 */
export const sessionHeader = "kasbah-session";
export const signedIn = "signed-in";
export const signedOut = "signed-out";

/** Whose value is a session; over TLS with the prefix that no other host can set (RFC 6265bis, section 4.1.3.2). */
export const sessionCookie = "kasbah";
export const hostPrefix = "__Host-";
