/** French. */
import type { MediaWords } from "../words.ts";

export const fr: MediaWords = {
  faults: {
    empty: "Ce fichier est vide. Choisissez l’image de nouveau.",
    "too long": "Cette image dépasse {size} Mo. Réduisez-la, puis envoyez-la de nouveau.",
    "too slow to come":
      "Cette image a mis trop de temps à arriver. Réduisez-la, ou envoyez-la quand la connexion est meilleure.",
    heic: "C’est une image HEIC, que la plupart des lecteurs ne peuvent pas voir. Sur l’iPhone : Réglages › Appareil photo › Formats › « Le plus compatible », puis reprenez-la ; ou partagez-la en JPEG.",
    avif: "C’est une image AVIF, que nous ne prenons pas encore. Enregistrez-la en JPEG, puis envoyez-la de nouveau.",
    svg: "C’est un dessin SVG, qui peut contenir des programmes. Enregistrez-le en PNG, puis envoyez-le de nouveau.",
    tiff: "C’est une image TIFF, que les navigateurs n’affichent pas. Enregistrez-la en JPEG, puis envoyez-la de nouveau.",
    bmp: "C’est une image BMP. Enregistrez-la en PNG ou en JPEG, puis envoyez-la de nouveau.",
    pdf: "C’est un PDF, pas une image. Photographiez la page, ou enregistrez-la en PNG.",
    "something else":
      "Ce n’est pas une image que nous connaissons, quel que soit son nom. Nous prenons JPEG, PNG, WebP et GIF.",
    "too many pixels":
      "Cette image a trop de pixels pour être ouverte sans risque. Réduisez-la, puis envoyez-la de nouveau.",
    broken:
      "Cette image est abîmée ou incomplète. Envoyez-la de nouveau depuis l’appareil où elle a été enregistrée.",
    "too slow":
      "Cette image mettait trop de temps à s’ouvrir ; nous avons arrêté. Réduisez-la, puis envoyez-la de nouveau.",
    failed: "Cette image n’a pas pu être ouverte. Enregistrez-la de nouveau en JPEG, puis renvoyez-la.",
    busy: "Plusieurs images sont déjà en cours de traitement. Réessayez dans quelques secondes.",
    withdrawn: "Cette image a été retirée, et ce qui est retiré ne revient pas.",
  },
  stilled: "L’animation était trop lourde ; seule sa première image a été gardée.",
};
