/** English. */
import type { MediaWords } from "../words.ts";

export const en: MediaWords = {
  faults: {
    empty: "That file is empty. Choose the picture again.",
    "too long": "This picture is larger than {size} MB. Make it smaller and send it again.",
    "too slow to come":
      "This picture was too long on its way. Make it smaller, or send it where the line is better.",
    heic: "This is a HEIC picture, which most readers can’t see. On the iPhone: Settings › Camera › Formats › “Most Compatible”, then take it again; or share it as JPEG.",
    avif: "This is an AVIF picture, which we don’t take yet. Save it as JPEG and send it again.",
    svg: "This is an SVG drawing, which can carry programs. Save it as PNG and send it again.",
    tiff: "This is a TIFF picture, which browsers don’t show. Save it as JPEG and send it again.",
    bmp: "This is a BMP picture. Save it as PNG or JPEG and send it again.",
    pdf: "This is a PDF, not a picture. Take a picture of the page, or save it as PNG.",
    "something else":
      "This is no picture that we know, whatever its name says. We take JPEG, PNG, WebP and GIF.",
    "too many pixels":
      "This picture has too many pixels to be opened safely. Make it smaller and send it again.",
    broken: "This picture is damaged or incomplete. Send it again from where it was first saved.",
    "too slow": "This picture took too long to open, so we stopped. Make it smaller and send it again.",
    failed: "This picture could not be opened. Save it anew as JPEG and send it again.",
    busy: "Several pictures are being worked on. Try again in a few seconds.",
    withdrawn: "This picture was withdrawn, and what is withdrawn doesn’t come back.",
  },
  stilled: "The animation was too large; only its first image was kept.",
};
