/** @jsxImportSource hono/jsx */
/** Pictures of our own, as each form of a text shows them. The words come first: a picture loads when a reader gets to it. */
import type { Child } from "hono/jsx";
import { fileName, jpegOf, type PictureFacts, webpsOf } from "../media/picture.ts";
import { type Block, blocksIn, type Body, isUndescribed, type PictureAttrs } from "../pieces/body.ts";
import type { LanguageDirection } from "../pieces/body-html.tsx";
import type { Desk } from "./frame.tsx";
import { picturePath } from "./place.ts";

interface PictureProps {
  readonly desk: Desk;
  readonly attrs: PictureAttrs;
  /** Of the block. */
  readonly attributes: LanguageDirection;
}

/** Width of the column that a picture stands in, as in story.css and card.css. */
const columnSizes = "(min-width: 46rem) 44rem, 100vw";

/** On a page of its own. A picture that is withdrawn leaves its description. */
export function PagePicture({ desk, attrs, attributes }: PictureProps) {
  const picture = desk.facts.picture(attrs.media);
  return (
    <figure class="picture" {...attributes}>
      {picture === undefined ? (
        <Described attrs={attrs} />
      ) : (
        <Sizes picture={picture} alt={altOf(desk, attrs)} />
      )}
      <Caption attrs={attrs} />
    </figure>
  );
}

/** Where nothing is loaded, and where somebody chose not to load anything. */
export function PictureInWords({ desk, attrs, attributes }: PictureProps) {
  const { alt } = attrs;
  if (attrs.decorative === true && !hasCaption(attrs)) return null;
  return (
    <figure {...attributes}>
      {alt !== "" && (
        <p dir="auto">
          {desk.words.picture} <bdi>{alt}</bdi>
        </p>
      )}
      {isUndescribed(attrs) && <p>{desk.words.pictureUndescribed}</p>}
      <Caption attrs={attrs} />
    </figure>
  );
}

/** Feeds are read elsewhere: one size that every reader can show, by its whole address. */
export function FeedPicture({ desk, attrs, attributes }: PictureProps) {
  const picture = desk.facts.picture(attrs.media);
  const jpeg = picture && jpegOf(picture);
  if (picture === undefined || jpeg === undefined)
    return <PictureInWords desk={desk} attrs={attrs} attributes={attributes} />;
  const address = desk.site.address + picturePath(fileName(picture.id, jpeg));
  return (
    <figure {...attributes}>
      <img src={address} width={jpeg.width} height={jpeg.height} alt={altOf(desk, attrs)} />
      <Caption attrs={attrs} />
    </figure>
  );
}

/** The first picture of a text that leads a front page; nothing where it has none. */
export function LeadPicture({ desk, id }: { readonly desk: Desk; readonly id: string }) {
  const text = desk.facts.text(id);
  const attrs = text && firstPicture(text.body);
  const picture = attrs && desk.facts.picture(attrs.media);
  if (attrs === undefined || picture === undefined) return null;
  return (
    <p class="card-picture" lang={text?.language}>
      <Sizes picture={picture} alt={altOf(desk, attrs)} />
    </p>
  );
}

function firstPicture(body: Body): PictureAttrs | undefined {
  const find = (blocks: readonly Block[]): PictureAttrs | undefined => {
    for (const block of blocks) {
      if (block.type === "image" && block.attrs.media !== undefined) return block.attrs;
      const inside = find(blocksIn(block));
      if (inside !== undefined) return inside;
    }
    return undefined;
  };
  return find(body.doc.content);
}

/**
 * An empty `alt` hides a picture from who listens, so only what decorates has one. Without any, screen readers spell out the file's
 * name; the caption as `alt` would be read twice. So where nobody has described it, that is what is said.
 */
function altOf({ words }: Desk, attrs: PictureAttrs): string {
  return isUndescribed(attrs) ? words.pictureUndescribed : attrs.alt;
}

function Sizes({ picture, alt }: { readonly picture: PictureFacts; readonly alt: string }) {
  const webps = webpsOf(picture);
  const widest = webps.at(-1);
  const jpeg = jpegOf(picture);
  if (widest === undefined || jpeg === undefined) return null;
  const path = (variant: typeof jpeg): string => picturePath(fileName(picture.id, variant));
  const srcset = webps.map((variant) => `${path(variant)} ${variant.width}w`).join(", ");
  return (
    <picture>
      {picture.animated && (
        <source media="(prefers-reduced-motion: reduce)" type="image/jpeg" srcset={path(jpeg)} />
      )}
      <source type="image/webp" srcset={srcset} sizes={columnSizes} />
      <img
        src={path(jpeg)}
        width={widest.width}
        height={widest.height}
        loading="lazy"
        decoding="async"
        alt={alt}
      />
    </picture>
  );
}

function Described({ attrs: { alt } }: { readonly attrs: PictureAttrs }): Child {
  return alt === "" ? null : <p dir="auto">{alt}</p>;
}

function Caption({ attrs }: { readonly attrs: PictureAttrs }): Child {
  return hasCaption(attrs) ? <figcaption dir="auto">{attrs.caption}</figcaption> : null;
}

function hasCaption({ caption = "" }: PictureAttrs): boolean {
  return caption !== "";
}
