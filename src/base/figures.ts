/** Figures as sentences for operators have them, on a terminal and in evidence. */

/** 4,012; below 10 with one digit: 2.5. */
export function figure(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 });
}

/** 0.423 → "42 %". */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
