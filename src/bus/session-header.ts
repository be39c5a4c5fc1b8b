/** What the studio tells the edge before it, in the head of an answer, and the edge keeps to itself: that it was given to somebody who is signed in. */
export const sessionHeader = "kasbah-session";
export const signedIn = "signed-in";
