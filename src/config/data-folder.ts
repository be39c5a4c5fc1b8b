/** Where everything lies below the data folder (docs/decisions/0001-the-data-folder.md). Each role writes only what is its own. */
import { join } from "node:path";

export interface DataFolder {
  readonly root: string;
  /** Sockets and the lock; owner only. */
  readonly run: string;
  readonly lock: string;
  readonly busSocket: string;
  /** Signing keys; the newsroom's alone. */
  readonly keys: string;
  readonly newsroomDatabase: string;
  /** Cleaned pictures, also of texts that aren't public; the newsroom's alone. */
  readonly media: string;
  /** Copies of the protected site, also of what nobody has approved; the newsroom's alone. */
  readonly originBlobs: string;
  /** What was gathered about findings on the protected site, a folder each; the newsroom's alone. */
  readonly evidence: string;
  readonly edgeDatabase: string;
  readonly watchDatabase: string;
  /** Written by the newsroom, read by the edge. */
  readonly editions: string;
  readonly blobs: string;
  readonly metadata: string;
  readonly transparencyLog: string;
}

export function dataFolder(root: string): DataFolder {
  const editions = join(root, "editions");
  const run = join(root, "run");
  return {
    root,
    run,
    lock: join(run, "kasbah.lock"),
    busSocket: join(run, "bus.sock"),
    keys: join(root, "keys"),
    newsroomDatabase: join(root, "newsroom", "newsroom.sqlite"),
    media: join(root, "newsroom", "media"),
    originBlobs: join(root, "newsroom", "origin"),
    evidence: join(root, "newsroom", "evidence"),
    edgeDatabase: join(root, "edge", "edge.sqlite"),
    watchDatabase: join(root, "watch", "watch.sqlite"),
    editions,
    blobs: join(editions, "blobs"),
    metadata: join(editions, "metadata"),
    transparencyLog: join(editions, "log"),
  };
}
