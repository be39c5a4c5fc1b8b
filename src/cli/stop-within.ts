/** How long whoever is asked to stop may take to finish what it has begun, ms; then it is killed. */
export const stopWithinMs = 10_000;
