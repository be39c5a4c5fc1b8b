/** The editor's schema: exactly what a body may hold (src/pieces/body.ts), and nothing that a browser is needed for. */
import { Extension, type Extensions, type NodeViewRenderer } from "@tiptap/core";
import { StarterKit } from "@tiptap/starter-kit";
import { blockAttributes } from "./block-attributes.ts";
import { CodeBlock, image, ListItem, material, tables } from "./blocks.ts";
import { Code, Language, Link, Subscript, Superscript } from "./marks.ts";
import { wordDirection } from "./word-direction.ts";

export interface SchemaOptions {
  readonly newId: () => string;
  readonly imageView?: NodeViewRenderer;
  readonly materialView?: NodeViewRenderer;
}

export function editorExtensions({ newId, imageView, materialView }: SchemaOptions): Extensions {
  return [
    StarterKit.configure({
      heading: { levels: [2, 3, 4] },
      code: false,
      codeBlock: false,
      link: false,
      listItem: false,
      trailingNode: false,
    }),
    CodeBlock,
    ListItem,
    ...tables,
    image(imageView),
    material(materialView),
    Link,
    Language,
    Code,
    Subscript,
    Superscript,
    blockAttributes(newId),
    Extension.create({ name: "wordDirection", addProseMirrorPlugins: () => [wordDirection()] }),
  ];
}
