/** What an edition may have at most. An edge refuses more, and the newsroom doesn't publish more. */

export const limits = {
  /** Bytes of a file. Some 60,000 pages fill the bins with ~250 entries of ~600 bytes. */
  rootBytes: 64 * 1024,
  timestampBytes: 16 * 1024,
  snapshotBytes: 512 * 1024,
  roleBytes: 4 * 1024 * 1024,
  withdrawalsBytes: 16 * 1024 * 1024,
  /** One page or picture. */
  blobBytes: 256 * 1024 * 1024,

  /** Root versions that are caught up with at once; the rest waits for the next look. */
  rootsAtOnce: 64,
  /** Delegated roles: 256 bins and the areas, with room to grow. */
  roles: 512,
  /** Roles delegate to roles: targets → pages → bins. */
  delegationDepth: 3,
  /** 256 bins hold half a million pages. */
  targetsPerRole: 2_048,
  /** That a root or a delegating role names. */
  keys: 64,
  targets: 200_000,
  withdrawals: 100_000,
  /** Blobs that one withdrawal names. */
  blobsPerWithdrawal: 100_000,

  /** Characters. */
  path: 2_048,
  query: 1_024,
  site: 64,
  type: 200,
  headerValue: 4_096,
} as const;
