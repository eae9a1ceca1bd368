/** A commit of lmdb that failed rejects twice, and the second time nobody would hear it. */
export async function committed<Result>(commit: Promise<Result>): Promise<Result> {
  try {
    return await commit
  } catch (error) {
    if (error instanceof Error && 'commitError' in error) void Promise.resolve(error.commitError).catch(() => {})
    throw error
  }
}
